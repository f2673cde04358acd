// What must hold when nobody watches: nothing is done that was not reviewed, not meant, or not said.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { digest } from '../../src/reconcile/canonical.ts';
import { type Console, openConsole } from './console.ts';

const owner = { username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const };
const seed = { organization: { name: 'Acme Inc.' }, users: [owner] };

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({ seed });
});
afterEach(() => shell.close());

const accounts = (count: number, more: object = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`a${i}`, { identifier: `account-${i}`, ...more }]),
  );
const usernames = () =>
  shell.local
    .accounts()
    .map(({ username }) => username)
    .sort();

describe('a kept plan', () => {
  it('does nothing that it does not plan itself, whatever stands in the file', async () => {
    await shell.synth({ browserstack_service_account: { innocent: { identifier: 'innocent' } } });
    await shell.run('apply', '--auto-approve');
    await shell.synth({ browserstack_service_account: { new: { identifier: 'new' } } });
    await shell.run('plan', '--out', 'p.json');
    const { checksum: _checksum, ...body } = JSON.parse(await readFile(join(shell.cwd, 'p.json'), 'utf8'));
    const [{ prior, key, name }] = body.plan.actions.filter(
      ({ kind }: { kind: string }) => kind === 'unmanaged',
    );
    body.plan.actions[0] = {
      ...body.plan.actions[0],
      ...{ kind: 'delete', key, name, prior, address: null, body: null, planned: null, differences: [] },
    };
    const forged = JSON.stringify({ ...body, checksum: digest(body) }, null, 2);
    await shell.write('p.json', forged);
    const refused = await shell.run('apply', 'p.json');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('[stale]');
    expect(shell.local.accounts().map(({ identifier }) => identifier)).toEqual(['innocent']);
  });

  it('is good for one organization, though another one answers at the same address', async () => {
    const other = await createLocalBrowserStack({
      clock: shell.clock,
      rateLimit: 'off',
      seed: { organization: { name: 'Other Inc.' }, users: [owner] },
    });
    await shell.synth({ browserstack_service_account: accounts(1) });
    await shell.run('plan', '--out', 'p.json');
    await shell.local.close();
    try {
      await other.listen({ port: Number(new URL(shell.url).port) });
      const refused = await shell.run('apply', 'p.json');
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.stderr).toContain('The plan was made for another organization');
      expect(refused.stderr).toContain('It was "Acme Inc.", this is "Other Inc."');
      expect(other.accounts()).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('is good for a day, or as long as was said', async () => {
    await shell.synth({ browserstack_service_account: accounts(1) });
    await shell.run('plan', '--out', 'p.json', '--valid-for', '30m');
    shell.clock.advance(31 * 60_000);
    expect((await shell.run('apply', 'p.json')).stderr).toContain('The plan has expired');
    await shell.run('plan', '--out', 'p.json');
    shell.clock.advance(23 * 3_600_000);
    expect(await shell.run('apply', 'p.json')).toMatchObject({ code: 0 });
    expect((await shell.run('plan', '--valid-for', 'ever')).stderr).toContain('Not a time');
  });

  it('takes the place of an older one, and of no other file', async () => {
    await shell.synth({ browserstack_service_account: accounts(1) });
    await shell.write('main.tf.json.bak', 'precious');
    const refused = await shell.run('plan', '--out', 'main.tf.json.bak');
    expect(refused.stderr).toContain('main.tf.json.bak exists already and is no plan');
    expect(await readFile(join(shell.cwd, 'main.tf.json.bak'), 'utf8')).toBe('precious');
    expect(shell.requests()).toEqual([]);
    expect(await shell.run('plan', '--out', 'p.json')).toMatchObject({ code: 2 });
    expect(await shell.run('plan', '--out', 'p.json')).toMatchObject({ code: 2 });
  });

  it('that is no longer true names everything that changed, vanished or is done', async () => {
    await shell.synth({
      browserstack_service_account: { a: { identifier: 'aaa' }, b: { identifier: 'bbb' } },
    });
    await shell.run('plan', '--out', 'p.json');
    await shell.synth({ browserstack_service_account: { a: { identifier: 'aaa' } } });
    await shell.run('apply', '--auto-approve');
    const { stderr } = await shell.run('apply', 'p.json');
    expect(stderr).toContain('[stale]');
    expect(stderr).toContain('browserstack_service_account.a (create)');
    expect(stderr).not.toContain('browserstack_service_account.b');
  });
});

describe('replacing', () => {
  const moved = { team: 'Elsewhere', deletion_protection: false };
  const unprotected = { deletion_protection: false };
  const stack = (count: number, more: object) => ({
    browserstack_team: { elsewhere: { name: 'Elsewhere' } },
    browserstack_service_account: accounts(count, more),
  });

  it('counts as deleting, unless it has a limit of its own', async () => {
    await shell.synth(stack(20, unprotected));
    await shell.run('apply', '--auto-approve');
    const before = usernames();
    await shell.synth(stack(20, moved));
    const refusals = [
      [['--max-deletes', '0'], 'would replace 20 objects, more than --max-deletes 0'],
      [[], 'would replace 20 of 20 objects'],
      [['--max-replaces', '19'], 'more than --max-replaces 19'],
    ] as const;
    for (const [limits, said] of refusals) {
      const refused = await shell.run('apply', '--auto-approve', ...limits);
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.stderr).toContain(said);
      expect(refused.stderr).toContain('--max-replaces');
    }
    expect(usernames()).toEqual(before);
    expect(
      await shell.run('apply', '--auto-approve', '--max-deletes', '0', '--max-replaces', '20'),
    ).toMatchObject({
      code: 0,
    });
    expect(usernames().filter((username) => before.includes(username))).toEqual([]);
  });
});

describe('a type that does not exist', () => {
  it('is an error: what is misspelt would look undeclared', async () => {
    await shell.synth({
      browserstack_service_acount: { prod: { identifier: 'prod-ci' } },
      browserstack_service_account: { ci: { identifier: 'ci-1' } },
    });
    for (const argv of [['plan'], ['drift'], ['apply', '--prune', '--auto-approve'], ['adopt']]) {
      const refused = await shell.run(...argv);
      expect(refused, argv.join(' ')).toMatchObject({ code: 1 });
      expect(refused.stderr).toContain('did you mean browserstack_service_account?');
    }
    expect(shell.local.accounts()).toEqual([]);
  });
});
