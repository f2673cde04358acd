// A repository with the scripts of examples/pipelines, and jobs: each in a checkout of its own, with the environment that
// it is given and no other, as on a fresh machine.

import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { absolute, ENGINE } from '../helpers/engine.ts';
import { type Finished, run } from '../helpers/terraform.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Env = Readonly<Record<string, string>>;

export interface Job extends Finished {
  /** What the job left in review/, as an artifact: text, or undefined. */
  artifact(name: string): string | undefined;
  /** Where a later job finds it. */
  readonly artifacts: string;
}

export interface Project {
  readonly directory: string;
  /** Where the state is. */
  readonly state: string;
  /** Commits files on a branch, made from main if it is new; returns the commit. `undefined` removes a file. */
  commit(branch: string, files: Readonly<Record<string, string | undefined>>): Promise<string>;
  merge(branch: string): Promise<string>;
  /** Runs a script of ci/ in a fresh checkout; `artifacts` of an earlier job are put into review/. */
  job(script: string, commit: string, env: Env, artifacts?: string): Promise<Job>;
  remove(): Promise<void>;
}

export async function project(files: Readonly<Record<string, string>>): Promise<Project> {
  const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-pipeline-'));
  const repository = join(directory, 'repository');
  const packages = installed(directory);
  mkdirSync(repository);
  const git = async (...args: readonly string[]): Promise<string> => {
    const identity = [
      '-c',
      'user.name=Jane',
      '-c',
      'user.email=jane@acme.test',
      '-c',
      'commit.gpgsign=false',
    ];
    const { exitCode, stdout, output } = await run('git', [...identity, ...args], repository, {});
    if (exitCode !== 0) throw new Error(output);
    return stdout.trim();
  };
  const write = (given: Readonly<Record<string, string | undefined>>) => {
    for (const [name, text] of Object.entries(given)) {
      const file = join(repository, name);
      mkdirSync(dirname(file), { recursive: true });
      if (text === undefined) rmSync(file);
      else writeFileSync(file, text);
    }
  };
  await git('init', '--quiet', '--initial-branch', 'main');
  cpSync(join(root, 'examples/pipelines/ci'), join(repository, 'ci'), { recursive: true });
  write({ '.gitignore': 'node_modules\nreview\nchange\ncdktf.out\n.terraform*\n', ...files });
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Accounts as code');
  let jobs = 0;
  return {
    directory,
    state: join(directory, 'terraform.tfstate'),
    commit: async (branch, changed) => {
      await git('checkout', '--quiet', '-B', branch, branch === 'main' ? 'HEAD' : 'main');
      write(changed);
      await git('add', '--all');
      await git('commit', '--quiet', '--message', 'A change');
      const commit = await git('rev-parse', 'HEAD');
      await git('checkout', '--quiet', 'main');
      return commit;
    },
    merge: async (branch) => {
      await git('merge', '--quiet', '--no-ff', '--message', 'Merge', branch);
      return git('rev-parse', 'HEAD');
    },
    job: async (script, commit, env, artifacts) => {
      jobs += 1;
      const checkout = join(directory, `job-${jobs}`);
      await git('clone', '--quiet', repository, checkout);
      await run('git', ['checkout', '--quiet', '--detach', commit], checkout, {});
      symlinkSync(packages, join(checkout, 'node_modules'));
      if (artifacts !== undefined) cpSync(artifacts, join(checkout, 'review'), { recursive: true });
      const mirror = { TF_CLI_CONFIG_FILE: join(directory, 'mirror.tfrc') };
      const engine = { ENGINE: absolute(ENGINE ?? 'terraform') };
      const ended = await run('sh', [`ci/${script}.sh`], checkout, { ...mirror, ...engine, ...env });
      const left = join(checkout, 'review');
      return {
        ...ended,
        artifacts: left,
        artifact: (name) => {
          try {
            return readFileSync(join(left, name), 'utf8');
          } catch {
            return undefined;
          }
        },
      };
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** What `npm ci` would install: this package as it is built, and cdktf. */
function installed(directory: string): string {
  const packages = join(directory, 'packages');
  mkdirSync(join(packages, '.bin'), { recursive: true });
  symlinkSync(root, join(packages, 'browserstack-iac'));
  for (const name of ['cdktf', 'constructs'])
    symlinkSync(join(root, 'node_modules', name), join(packages, name));
  const program = `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/src/entry/cli.js')}" "$@"\n`;
  writeFileSync(join(packages, '.bin/browserstack-iac'), program, { mode: 0o755 });
  const mirror = join(root, 'dist/provider-mirror');
  writeFileSync(
    join(directory, 'mirror.tfrc'),
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return packages;
}
