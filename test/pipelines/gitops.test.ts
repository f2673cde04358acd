// From a branch to the night after, with the scripts of examples/pipelines, real Terraform and a forge: each step goes on
// where the one before it ended.

import { readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Organization, OWNER_CANARY, organization } from '../helpers/organization.ts';
import { describeWithTerraform, run } from '../helpers/terraform.ts';
import { type ForgeServer, forgeServer, TOKEN } from '../review/forge-server.ts';
import { type Job, type Project, project } from './project.ts';
import { flavours, type Wanted } from './stacks.ts';

const POLICY = '{ "version": 1, "rules": { "max-rotations": { "max": 5 } } }\n';
const FIRST: Wanted = { identifier: 'payments-ci', trigger: '1' };

describe.each(flavours)('from review to apply with $name', ({ env: where, files }) => {
  describeWithTerraform('', () => {
    let local: Organization;
    let forge: ForgeServer;
    let repo: Project;
    let identity: { readonly secret: string; readonly recipient: string };
    let gh: string;
    const said: string[] = [];

    beforeAll(async () => {
      local = await organization();
      forge = await forgeServer('github');
      repo = await project({ 'browserstack.policy.json': POLICY });
      const cli = join(repo.directory, 'packages/.bin/browserstack-iac');
      const made = await run(cli, ['review', '--make-identity', 'identity.txt'], repo.directory, {});
      const secret = readFileSync(join(repo.directory, 'identity.txt'), 'utf8').trim();
      identity = { secret, recipient: made.stdout.trim() };
      gh = join(repo.directory, 'bin');
      await mkdir(gh);
      const fixture = fileURLToPath(new URL('gh.fixture.mjs', import.meta.url));
      await symlink(fixture, join(gh, 'gh.mjs'));
      await run(
        'sh',
        ['-c', `printf '#!/bin/sh\\nexec node ${fixture} "$@"\\n' > gh && chmod +x gh`],
        gh,
        {},
      );
    });
    afterAll(async () => {
      await Promise.all([local.close(), forge.close(), repo.remove()]);
    });

    const commit = (
      branch: string,
      wanted: Wanted,
      more: Readonly<Record<string, string | undefined>> = {},
    ) => repo.commit(branch, { ...files(wanted, repo.state), ...more });
    const noted = (job: Job) => {
      said.push(
        job.output,
        ...['comment.md', 'review.json', 'review.sarif', 'review.xml', 'static.md', 'plan.sealed'].map(
          (name) => job.artifact(name) ?? '',
        ),
      );
      return job;
    };
    /** Without credentials: the jobs that run or read what a stranger wrote. */
    const synth = async (at: string) => noted(await repo.job('synth', at, where));
    const checked = async (at: string, base = 'main') => {
      const packed = await synth(at);
      expect(packed).toMatchObject({ exitCode: 0 });
      const CONFIGURATION = join(packed.artifacts, 'configuration.tar');
      const env = { ...where, STACK: 'acme', CONFIGURATION };
      return { CONFIGURATION, ...noted(await repo.job('static', base, env)) };
    };
    const credentials = () => ({ ...local.env });
    /** A pull request, from the first job to the comment. */
    const reviewed = async (at: string, more = {}) => {
      const { CONFIGURATION, exitCode, output } = await checked(at);
      if (exitCode !== 0) throw new Error(output);
      const posting = {
        POST: 'github',
        GITHUB_TOKEN: TOKEN,
        GITHUB_REPOSITORY: 'acme/infra',
        GITHUB_API_URL: forge.url,
        GITHUB_REF: 'refs/pull/7/merge',
      };
      const env = {
        ...where,
        ...credentials(),
        ...posting,
        STACK: 'acme',
        COMMIT: at,
        CONFIGURATION,
        BROWSERSTACK_IAC_SEAL_RECIPIENT: identity.recipient,
      };
      return noted(await repo.job('plan', 'main', { ...env, ...more }));
    };
    const planned = async (at: string) => {
      const env = { ...where, ...credentials(), STACK: 'acme', COMMIT: at };
      return noted(
        await repo.job('plan', at, { ...env, BROWSERSTACK_IAC_SEAL_RECIPIENT: identity.recipient }),
      );
    };
    const applied = async (at: string, plan: Job, digest = plan.artifact('digest')?.trim() ?? '') => {
      const env = { ...where, ...credentials(), STACK: 'acme', COMMIT: at, DIGEST: digest };
      return noted(
        await repo.job(
          'apply',
          at,
          { ...env, BROWSERSTACK_IAC_SEAL_IDENTITY: identity.secret },
          plan.artifacts,
        ),
      );
    };
    const nightly = async (plan: Job) => {
      const env = {
        PATH: `${gh}:${process.env.PATH}`,
        STACK: 'acme',
        GH_TOKEN: TOKEN,
        GH_ISSUES: join(repo.directory, 'issues.json'),
      };
      expect(await repo.job('drift-issue', 'main', env, plan.artifacts)).toMatchObject({ exitCode: 0 });
      return JSON.parse(readFileSync(env.GH_ISSUES, 'utf8'));
    };
    const accounts = () => local.local.accounts().map(({ identifier }) => identifier);
    const key = () => local.local.accounts()[0]?.accessKey;

    it('the first merge is planned, sealed, and applied', async () => {
      const at = await commit('main', FIRST);
      const plan = await planned(at);
      expect(plan).toMatchObject({ exitCode: 0 });
      expect(plan.artifact('comment.md')).toContain('1 account is added');
      expect(await applied(at, plan)).toMatchObject({ exitCode: 0 });
      expect(accounts()).toEqual(['payments-ci']);
    });

    it('a change that cuts somebody off is told before anybody plans it, and refused by the policy', async () => {
      const at = await commit('rename', { ...FIRST, identifier: 'payments-pipeline' });
      expect((await checked(at)).artifact('static.md')).toContain('payments-pipeline');
      const plan = await reviewed(at);
      expect(plan.exitCode).toBe(2);
      expect(forge.comments.map(({ body }) => body)).toEqual([
        expect.stringContaining('replacement-needs-approval'),
      ]);
      expect(plan.artifact('plan.sealed')).toBeUndefined();
      expect(accounts()).toEqual(['payments-ci']);
    });

    it('no change allows itself', async () => {
      const policy =
        '{ "version": 1, "rules": { "replacement-needs-approval": "off", "delivery-before-replacement": "off" } }';
      const changes = {
        'browserstack.policy.json': policy,
        'ci/plan.sh': 'exit 0\n',
        'ci/static.sh': 'exit 0\n',
      };
      const at = await commit('allow', { ...FIRST, identifier: 'payments-pipeline' }, changes);
      const plan = await reviewed(at);
      expect(plan.exitCode).toBe(2);
      for (const rule of ['replacement-needs-approval', 'policy-changed'])
        expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining(rule)]);
      const without = await commit('without', FIRST, { 'browserstack.policy.json': undefined });
      expect((await reviewed(without)).artifact('comment.md')).toContain('policy-changed');
    });

    it('the mended change is reviewed in the same comment, and cannot be applied before it is merged', async () => {
      const at = await commit('rotate', { ...FIRST, trigger: '2' });
      const plan = await reviewed(at);
      expect(plan).toMatchObject({ exitCode: 0 });
      expect(forge.comments).toHaveLength(1);
      expect(forge.comments[0]?.body).toContain(
        'the key of `payments-ci` rotates, 2 consumers must fetch it',
      );
      for (const gone of ['payments-pipeline', 'guards-set', 'owner-declared'])
        expect(forge.comments[0]?.body).not.toContain(gone);
      expect(plan.artifact('plan.sealed')).toBeUndefined();
    });

    it('exactly the plan that was approved is applied', async () => {
      const at = await repo.merge('rotate');
      const before = key();
      const plan = await planned(at);
      expect(await applied(at, plan, '0'.repeat(64))).toMatchObject({
        exitCode: 1,
        output: expect.stringContaining('This is another plan'),
      });
      expect(await applied('main~1', plan)).toMatchObject({
        exitCode: 1,
        output: expect.stringContaining('another commit'),
      });
      expect(key() === before).toBe(true);
      expect(await applied(at, plan)).toMatchObject({ exitCode: 0 });
      expect(key() === before).toBe(false);
      // The plan is used up: the engine refuses it.
      const rotated = key();
      expect(await applied(at, plan)).toMatchObject({ exitCode: 1 });
      expect(key() === rotated).toBe(true);
    });

    it('what happens elsewhere is found in the next night, by one issue that closes itself', async () => {
      const quiet = await planned('main');
      expect(quiet.artifact('plan.sealed')).toBeUndefined();
      expect(await nightly(quiet)).toEqual([]);
      const [account] = local.local.accounts();
      const authorization = `Basic ${btoa(`${account?.username}:${account?.accessKey}`)}`;
      const answer = await fetch(`${local.url}/automate/recycle_key.json`, {
        method: 'PUT',
        headers: { authorization },
      });
      expect(answer.ok).toBe(true);
      const plan = await planned('main');
      for (const _ of ['once', 'twice'])
        expect(await nightly(plan)).toEqual([
          expect.objectContaining({ state: 'open', body: expect.stringContaining('rotated elsewhere') }),
        ]);
      const at = plan.artifact('review.json') ?? '';
      expect(await applied(JSON.parse(at).source.commit, plan)).toMatchObject({ exitCode: 0 });
      expect(await nightly(await planned('main'))).toEqual([expect.objectContaining({ state: 'closed' })]);
    });

    it('what would take the credentials while it is planned comes to no job that holds any', async () => {
      const url =
        where.SYNTH === undefined
          ? 'data "external" "x" {\n  program = ["sh", "-c", "env"]\n}\n'
          : "stack.addOverride('data.external.x', { program: ['sh', '-c', 'env'] });";
      const at = await commit('take', { ...FIRST, more: url });
      const { exitCode, artifact } = await checked(at);
      expect(exitCode).toBe(2);
      expect(artifact('static.md')).toContain('plan-time-code');
    });

    it('shows no key and no token anywhere', () => {
      const all = said.join('\n') + forge.comments.map(({ body }) => body).join('\n');
      expect(all.length).toBeGreaterThan(10_000);
      for (const secret of [
        OWNER_CANARY,
        TOKEN,
        identity.secret,
        ...local.local.accounts().map(({ accessKey }) => accessKey),
      ])
        expect(all.includes(secret)).toBe(false);
    });
  });
});
