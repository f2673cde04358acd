// What a stack owns is written down; nothing else is ever changed or deleted.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Machine } from '../../src/cli/machine.ts';
import { type Console, openConsole } from './console.ts';

const CANARY = 'canary-key-4711';
const owner = { username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const };
const seed = {
  organization: { name: 'Acme Inc.' },
  users: [owner],
  teams: [{ name: 'Others' }],
  service_accounts: [
    { identifier: 'others-ci', username: 'others_1', access_key: `${CANARY}-others`, team: 'Others' },
    { identifier: 'legacy', username: 'legacy_1', access_key: `${CANARY}-legacy` },
  ],
};

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({ seed, behaviours: { update: 'put' } });
});
afterEach(() => shell.close());

const open = { deletion_protection: false };
const account = (identifier: string, more: object = {}) => ({ identifier, ...open, ...more });
const accounts = (...blocks: object[]) => ({ browserstack_service_account: Object.assign({}, ...blocks) });
const identifiers = () =>
  shell.local
    .accounts()
    .map(({ identifier }) => identifier)
    .sort();
const inventory = async () => JSON.parse(await readFile(join(shell.cwd, 'acme.inventory.json'), 'utf8'));
const counts = async (...argv: string[]) =>
  JSON.parse((await shell.run('plan', '--json', ...argv)).stdout).counts;
/** Somebody else, as the Owner. */
const elsewhere = async (method: string, path: string) => {
  const authorization = `Basic ${btoa(`${owner.username}:${owner.access_key}`)}`;
  const answer = await fetch(`${shell.url}${path}`, { method, headers: { authorization } });
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
};
const apply = async (...argv: string[]) => {
  const applied = await shell.run('apply', '--auto-approve', ...argv);
  expect(applied, applied.stderr).toMatchObject({ code: 0 });
  return applied;
};

describe('the inventory', () => {
  it('holds what an apply made, and no key; the next plan has nothing to do', async () => {
    await shell.synth(accounts({ ci: account('payments-ci') }));
    await apply();
    const { objects, serial, organization, ended } = await inventory();
    expect({ serial, organization, ended }).toEqual({ serial: 1, organization: 'Acme Inc.', ended: [] });
    expect(objects).toMatchObject([
      {
        address: 'browserstack_service_account.ci',
        type: 'browserstack_service_account',
        name: 'payments-ci',
        state: { identifier: 'payments-ci', deletion_protection: false, deletion_policy: 'delete' },
        marks: { key_fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/u) },
      },
    ]);
    const text = JSON.stringify(await inventory());
    for (const { accessKey } of shell.local.accounts()) expect(text.includes(accessKey)).toBe(false);
    const before = await readFile(join(shell.cwd, 'acme.inventory.json'), 'utf8');
    expect(await shell.run('plan')).toMatchObject({ code: 0 });
    await apply();
    expect(await readFile(join(shell.cwd, 'acme.inventory.json'), 'utf8')).toBe(before);
  });

  it('knows what several applies did that were killed, one after the other, and nothing of another inventory', async () => {
    await shell.synth(accounts({ a: account('aaa') }));
    await apply();
    const before = await readFile(join(shell.cwd, 'acme.inventory.json'), 'utf8');
    const { lineage, serial } = JSON.parse(before);
    await shell.synth(accounts({ a: account('aaa'), b: account('bbb'), c: account('ccc') }));
    await apply();
    const [, b, c] = (await inventory()).objects;
    // As they were left: a file of before, and a journal.
    await shell.write('acme.inventory.json', before);
    const own = (object: object) => JSON.stringify({ change: 'own', object });
    const journal = [
      JSON.stringify({ lineage: 'another', serial }),
      own({ ...c, address: 'browserstack_service_account.foreign' }),
      JSON.stringify({ lineage, serial }),
      own(b),
      own(c).slice(0, 40),
      JSON.stringify({ lineage, serial }),
      '{"change":"own"}',
      own(c),
    ];
    await shell.write('acme.inventory.json.journal', journal.join('\n'));
    const { code, stdout } = await shell.run('plan', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).counts).toMatchObject({ 'no-op': 3, create: 0, unmanaged: 3 });
  });

  it('is refused when it was broken, and is of one place', async () => {
    await shell.write('acme.inventory.json', '{"format":"browserstack-iac/inventory","version":1}');
    await shell.synth(accounts({ ci: account('payments-ci') }));
    const broken = await shell.run('apply', '--auto-approve');
    expect(broken.stderr).toContain('acme.inventory.json is not an inventory');
    await shell.write('x.json', '');
    expect((await shell.run('apply', '--auto-approve', '--inventory', 'x.json')).stderr).toContain(
      'It is empty',
    );
    await shell.run('apply', '--auto-approve', '--inventory', 'mine.json');
    const mine = await readFile(join(shell.cwd, 'mine.json'), 'utf8');
    await shell.write('mine.json', mine.replace('Acme Inc.', 'Other Inc.'));
    for (const argv of [['plan'], ['drift'], ['apply', '--auto-approve']]) {
      const refused = await shell.run(...argv, '--inventory', 'mine.json');
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('the organization "Other Inc.", and this is "Acme Inc."');
    }
    await shell.write(
      'mine.json',
      mine.replaceAll(/"target": ".*?"/gu, '"target": "https://api.example.com"'),
    );
    expect((await shell.run('plan', '--inventory', 'mine.json')).stderr).toContain('https://api.example.com');
  });
});

describe('what a stack does not own', () => {
  it('is never deleted, whatever is pruned', async () => {
    await shell.synth(accounts({ a: account('aaa'), b: account('bbb') }));
    await apply();
    await shell.synth(accounts({ a: account('aaa') }));
    await apply('--prune-only', 'service_account,team');
    expect(identifiers()).toEqual(['aaa', 'legacy', 'others-ci']);
    expect(shell.local.teams().map(({ name }) => name)).toEqual(['Others']);
    expect((await inventory()).ended).toMatchObject([{ name: 'bbb', how: 'deleted' }]);
  });

  it('is not pruned when it was protected, abandoned or removed', async () => {
    const kept = { c: account('ccc', { deletion_policy: 'abandon' }), d: account('ddd') };
    await shell.synth(accounts({ a: account('aaa'), b: { identifier: 'bbb' } }, kept));
    await apply();
    await shell.synth(accounts({ a: account('aaa') }), {
      removed: [{ from: 'browserstack_service_account.d', lifecycle: { destroy: false } }],
    });
    const refused = await shell.run('apply', '--auto-approve', '--prune');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('at browserstack_service_account.b');
    expect(refused.stderr).toContain('protected against deletion');
    await apply();
    expect(identifiers()).toEqual(['aaa', 'bbb', 'ccc', 'ddd', 'legacy', 'others-ci']);
    expect((await inventory()).objects.map(({ name }: { name: string }) => name)).toEqual(['aaa', 'bbb']);
  });

  it('is never changed: it is taken over first, by a word or an import block', async () => {
    await shell.synth(accounts({ legacy: account('legacy', { team: 'Others' }) }));
    const refused = await shell.run('apply', '--auto-approve');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('not owned by this stack');
    expect(shell.local.accounts().find(({ identifier }) => identifier === 'legacy')?.team).toBe(null);
    // As it is it may be declared: nothing is done about it, and nothing is owned.
    await shell.synth(accounts({ legacy: account('legacy') }));
    expect(await counts()).toMatchObject({ 'no-op': 1, adopt: 0 });
    await apply();
    await expect(inventory()).rejects.toThrow();

    expect(await counts('--adopt')).toMatchObject({ adopt: 1 });
    await shell.synth(accounts({ legacy: account('legacy') }), {
      import: [{ to: 'browserstack_service_account.legacy', id: 'legacy_1' }],
    });
    expect((await shell.run('plan')).stdout).toContain('< adopt');
    shell.requests();
    await apply();
    expect(shell.requests().filter((request) => !request.startsWith('GET'))).toEqual([]);
    expect((await inventory()).objects).toMatchObject([{ name: 'legacy', state: { username: 'legacy_1' } }]);
    expect(await shell.run('plan')).toMatchObject({ code: 0 });
  });

  it('also when it took the place of what was owned', async () => {
    await shell.synth(accounts({ ci: account('payments-ci', { team: 'Others' }) }));
    await apply();
    const [made] = shell.local.accounts().filter(({ identifier }) => identifier === 'payments-ci');
    await elsewhere('DELETE', `/user/service-accounts?username=${made?.username}`);
    await elsewhere('POST', '/user/service-accounts?identifier=payments-ci');
    const drift = await shell.run('drift', '--json');
    expect(JSON.parse(drift.stdout)).toMatchObject({ in_sync: false, counts: { remade: 1 } });
    const refused = await shell.run('apply', '--auto-approve');
    expect(refused.stderr).toContain('It was deleted and made again elsewhere');
    expect(shell.local.accounts().find(({ identifier }) => identifier === 'payments-ci')?.team).toBe(null);
    await apply('--adopt', '--max-replaces', '1');
    expect(shell.local.accounts().find(({ identifier }) => identifier === 'payments-ci')?.team).toBe(
      'Others',
    );
  });
});

describe('what a stack owns', () => {
  it('is known by its user name when it was renamed elsewhere', async () => {
    await shell.synth(accounts({ ci: account('payments-ci') }));
    await apply();
    const [before] = shell.local.accounts().filter(({ identifier }) => identifier === 'payments-ci');
    const id = before?.username ?? '';
    await elsewhere('PUT', `/user/service-accounts?username=${id}&identifier=payments-cd`);
    const planned = await shell.run('plan', '--max-replaces', '1');
    expect(planned.stdout).toContain('-/+ replace');
    expect(planned.stdout).toContain(id);
    expect(planned.stdout).toContain('was renamed to "payments-cd"');
    expect(JSON.parse((await shell.run('drift', '--json')).stdout).counts).toMatchObject({
      changed: 1,
      missing: 0,
    });
  });

  it('keeps its object when its block is relabelled, moved or renamed in place', async () => {
    await shell.synth(accounts({ ci: account('payments-ci'), cd: account('payments-cd') }));
    await apply();
    await shell.synth(accounts({ build: account('payments-ci'), deploy: account('payments-cd') }), {
      moved: [{ from: 'browserstack_service_account.cd', to: 'browserstack_service_account.deploy' }],
    });
    expect(await shell.run('plan', '--prune')).toMatchObject({ code: 0 });
    await apply('--prune');
    const addresses = (await inventory()).objects.map(({ address }: { address: string }) => address);
    expect(addresses).toEqual(['browserstack_service_account.build', 'browserstack_service_account.deploy']);
    // Both labels swap their meaning: what an object is called decides, not the label.
    await shell.synth(accounts({ build: account('payments-cd'), deploy: account('payments-ci') }));
    expect(await shell.run('plan', '--prune')).toMatchObject({ code: 0 });
  });

  it('is changed in place where that is configured, though it was to be pruned under its old name', async () => {
    const lively = await openConsole({ seed, behaviours: { update: 'put' } });
    try {
      const rest = { provider: { browserstack: { account_changes: 'in_place' } } };
      await lively.synth(accounts({ ci: account('payments-ci') }), rest);
      await lively.run('apply', '--auto-approve');
      const before = lively.local.accounts().find(({ identifier }) => identifier === 'payments-ci');
      await lively.synth(accounts({ ci: account('payments-build') }), rest);
      const applied = await lively.run('apply', '--auto-approve', '--prune');
      expect(applied, applied.stderr).toMatchObject({ code: 0 });
      const after = lively.local.accounts().find(({ identifier }) => identifier === 'payments-build');
      expect(after?.username).toBe(before?.username);
      expect(after?.accessKey === before?.accessKey).toBe(true);
      expect(lively.local.accounts()).toHaveLength(3);
    } finally {
      await lively.close();
    }
  });

  it('is not deleted in slices: the threshold holds for a day', async () => {
    const fleet = (count: number) =>
      accounts(Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, account(`fleet-${i}`)])));
    await shell.synth(fleet(13));
    await apply();
    await shell.synth(fleet(10));
    await apply('--prune');
    await shell.synth(fleet(7));
    const refused = await shell.run('apply', '--auto-approve', '--prune');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('in the last 24 hours included');
    shell.clock.advance(25 * 3_600_000);
    await apply('--prune');
    await shell.synth(fleet(1));
    expect((await shell.run('apply', '--auto-approve', '--prune')).code).toBe(1);
    expect(shell.local.accounts()).toHaveLength(9);
  });

  it('takes what a deletion takes along into the plan, before the yes', async () => {
    const staffed = await openConsole({
      seed: {
        ...seed,
        users: [
          owner,
          { username: 'jane_1', access_key: 'jane-key-000000000001', role: 'user', team: 'Payments' },
        ],
        teams: [{ name: 'Payments' }],
        service_accounts: [],
      },
    });
    try {
      const team = { browserstack_team: { payments: { name: 'Payments', ...open } } };
      await staffed.synth(team);
      await staffed.run('apply', '--adopt', '--auto-approve');
      await staffed.synth({});
      const planned = await staffed.run('plan', '--prune-only', 'team');
      expect(planned.stdout).toContain('ends: 1 person loses the team');
    } finally {
      await staffed.close();
    }
  });
});

describe('two writers', () => {
  const checkout = async (name: string, stateDirectory: string): Promise<Partial<Machine>> => {
    await shell.write(`${name}/.keep`, '');
    return { cwd: join(shell.cwd, name), surroundings: { ...shell.surroundings, stateDirectory } };
  };
  const stack = (name: string, ...names: string[]) =>
    shell.write(`${name}/cdktf.out/stacks/acme/cdk.tf.json`, {
      resource: accounts(Object.fromEntries(names.map((one) => [one, account(`fleet-${one}`)]))),
    });

  it('of one inventory: the second one is refused while the first one writes', async () => {
    await shell.synth(accounts({ a: account('aaa') }));
    let inside: { code: number; stderr: string } | undefined;
    const ask = async () => {
      inside = await shell.run('apply', '--auto-approve');
      return 'yes';
    };
    expect(await shell.runWith({ interactive: true, ask }, 'apply')).toMatchObject({ code: 0 });
    expect(inside).toMatchObject({ code: 1 });
    expect(inside?.stderr).toContain('Another apply of this stack is under way');
    expect(identifiers()).toEqual(['aaa', 'legacy', 'others-ci']);
  });

  it('from two checkouts: an older copy is refused until it is brought up to date', async () => {
    const [one, two] = [
      await checkout('one', join(shell.cwd, 'home')),
      await checkout('two', join(shell.cwd, 'home')),
    ];
    await stack('one', 'a');
    await stack('two', 'a', 'b');
    expect(await shell.runWith(one, 'apply', '--auto-approve')).toMatchObject({ code: 0 });
    const refused = await shell.runWith(two, 'apply', '--auto-approve');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('is older than what was applied from this machine');
    const first = join(shell.cwd, 'one', 'acme.inventory.json');
    await writeFile(join(shell.cwd, 'two', 'acme.inventory.json'), await readFile(first));
    expect(await shell.runWith(two, 'apply', '--auto-approve')).toMatchObject({ code: 0 });
    expect(identifiers()).toEqual(['fleet-a', 'fleet-b', 'legacy', 'others-ci']);
    // Both at once, from copies that are equal.
    await writeFile(first, await readFile(join(shell.cwd, 'two', 'acme.inventory.json')));
    await stack('one', 'a', 'b', 'c');
    await stack('two', 'a', 'b', 'd');
    const both = await Promise.all(
      [one, two].map((machine) => shell.runWith(machine, 'apply', '--auto-approve')),
    );
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(shell.local.accounts()).toHaveLength(5);
  });
});
