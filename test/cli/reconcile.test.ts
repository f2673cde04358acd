import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Console, openConsole } from './console.ts';

const LISTS = ['GET /user/team_detail 200', 'GET /user/service-accounts 200'];
const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const }],
};

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({ seed });
});
afterEach(() => shell.close());

const reference = (address: string) => `\${${address}}`;
const twoTeams = {
  browserstack_team: { payments: { name: 'Payments' }, core: { name: 'Core' } },
  browserstack_service_account: {
    ci: { identifier: 'payments-ci', team: reference('browserstack_team.payments.name') },
    nightly: { identifier: 'nightly' },
  },
};

const open = { deletion_protection: false };
/** The same, and what is owned may be deleted. */
const unprotected = {
  browserstack_team: { payments: { name: 'Payments', ...open }, core: { name: 'Core', ...open } },
  browserstack_service_account: {
    ci: { ...twoTeams.browserstack_service_account.ci, ...open },
    nightly: { identifier: 'nightly', ...open },
  },
};

const accounts = () =>
  shell.local
    .accounts()
    .map(({ identifier, team }) => `${identifier} ${team ?? '-'}`)
    .sort();

describe('plan, apply, drift', () => {
  it('makes an organization from a stack, at exactly the cost that the plan says', async () => {
    await shell.synth(twoTeams);
    const planned = await shell.run('plan', '--json');
    expect(planned.code).toBe(2);
    const { cost, counts } = JSON.parse(planned.stdout);
    expect(counts).toMatchObject({ create: 4, replace: 0, delete: 0 });
    // What is declared and not there is looked for a second time.
    expect(shell.requests()).toEqual([...LISTS, ...LISTS]);

    const applied = await shell.run('apply', '--auto-approve', '--json');
    expect(applied).toMatchObject({ code: 0 });
    expect(JSON.parse(applied.stdout)).toMatchObject({ ok: true, remaining: { create: 0, 'no-op': 4 } });
    const requests = shell.requests();
    expect(requests).toHaveLength(cost.requests);
    expect(requests.slice(0, 2)).toEqual(LISTS);
    expect(requests.slice(-2)).toEqual(LISTS);
    expect(accounts()).toEqual(['nightly -', 'payments-ci Payments']);

    expect(await shell.run('plan')).toMatchObject({ code: 0 });
    expect(shell.requests()).toEqual(LISTS);
    expect(await shell.run('drift')).toMatchObject({ code: 0 });
    expect(await shell.run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  });

  it('needs four requests for a plan of 200 accounts in 20 teams, and as many as there are objects to make them', async () => {
    const teams = Array.from({ length: 20 }, (_, i) => [`t${i}`, { name: `Team ${i}` }] as const);
    const members = Array.from({ length: 200 }, (_, i) => {
      const team = reference(`browserstack_team.t${i % 20}.name`);
      return [`a${i}`, { identifier: `account-${i}`, team }] as const;
    });
    await shell.synth({
      browserstack_team: Object.fromEntries(teams),
      browserstack_service_account: Object.fromEntries(members),
    });
    const planned = await shell.run('plan');
    expect(planned.stdout).toContain('Applying it takes 226 requests');
    expect(shell.requests()).toEqual([...LISTS, ...LISTS]);
    expect(await shell.run('apply', '--auto-approve', '--json')).toMatchObject({ code: 0 });
    expect(shell.requests()).toHaveLength(226);
    expect(shell.local.accounts()).toHaveLength(200);
    expect(await shell.run('plan')).toMatchObject({ code: 0 });
  });

  it('tells drift as what it is: missing, moved, unmanaged', async () => {
    await shell.synth({
      browserstack_team: { payments: { name: 'Payments' }, core: { name: 'Core' } },
      browserstack_service_account: {
        ci: { identifier: 'payments-ci', team: 'Core' },
        gone: { identifier: 'gone' },
      },
    });
    await shell.run('apply', '--auto-approve');
    await shell.synth({
      browserstack_team: { payments: { name: 'Payments' } },
      browserstack_service_account: {
        ci: { identifier: 'payments-ci', team: 'Payments' },
        new: { identifier: 'new' },
      },
    });
    const found = await shell.run('drift', '--json');
    expect(found.code).toBe(2);
    const { in_sync, objects } = JSON.parse(found.stdout);
    expect(in_sync).toBe(false);
    expect(objects.map(({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`)).toEqual([
      'moved payments-ci',
      'missing new',
      'unmanaged Core',
      'unmanaged gone',
    ]);
    const shown = await shell.run('drift');
    expect(shown.stdout).toContain('team: "Core" → "Payments"');
    expect(shown.stdout).toContain('Drift: 1 missing, 1 moved, 2 unmanaged; 1 as declared.');
  });

  it('counts unmanaged objects as drift only when it is told to', async () => {
    await shell.synth(twoTeams);
    await shell.run('apply', '--auto-approve');
    await shell.synth({ browserstack_team: twoTeams.browserstack_team });
    expect(await shell.run('drift')).toMatchObject({ code: 0 });
    expect(await shell.run('drift', '--strict')).toMatchObject({ code: 2 });
  });

  it('refuses to replace under protection, and says what a replacement costs when it is lifted', async () => {
    await shell.synth(twoTeams);
    await shell.run('apply', '--auto-approve');
    const [before] = shell.local.accounts().filter(({ identifier }) => identifier === 'payments-ci');
    const moved = (protection: object) => ({
      ...twoTeams,
      browserstack_service_account: {
        ci: { identifier: 'payments-ci', team: 'Core', ...protection },
        nightly: { identifier: 'nightly' },
      },
    });
    await shell.synth(moved({}));
    const refused = await shell.run('plan');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('[refused]\n  at browserstack_service_account.ci.team');
    expect(refused.stderr).toContain('deletion_protection = false');

    // Protection is a fact of what is owned: it is lifted first, and then something is replaced.
    const lifted = { identifier: 'payments-ci', team: 'Payments', deletion_protection: false };
    await shell.synth({
      ...twoTeams,
      browserstack_service_account: { ci: lifted, nightly: { identifier: 'nightly' } },
    });
    shell.requests();
    expect(await shell.run('apply', '--auto-approve')).toMatchObject({ code: 0 });
    expect(shell.requests().filter((request) => !request.startsWith('GET'))).toEqual([]);
    await shell.synth(moved({ deletion_protection: false }));
    const planned = await shell.run('plan');
    expect(planned.code).toBe(2);
    expect(planned.stdout).toContain('-/+ replace');
    expect(planned.stdout).toContain('gets a new user name and a new key');
    expect(await shell.run('apply', '--auto-approve')).toMatchObject({ code: 0 });
    const [after] = shell.local.accounts().filter(({ identifier }) => identifier === 'payments-ci');
    expect(after?.team).toBe('Core');
    expect(after?.username).not.toBe(before?.username);
  });

  it('moves an account in place where that is configured: user name and key stay', async () => {
    const lively = await openConsole({ seed, behaviours: { update: 'put' } });
    try {
      const provider = { browserstack: { account_changes: 'in_place' } };
      await lively.synth(twoTeams, { provider });
      await lively.run('apply', '--auto-approve');
      const before = lively.local.accounts().find(({ identifier }) => identifier === 'payments-ci');
      const ci = { identifier: 'payments-ci', team: 'Core' };
      await lively.synth({ ...twoTeams, browserstack_service_account: { ci } }, { provider });
      const planned = await lively.run('plan');
      expect(planned.stdout).toContain('~ update');
      expect(planned.stdout).not.toContain('forces a new object');
      expect(await lively.run('apply', '--auto-approve')).toMatchObject({ code: 0 });
      const after = lively.local.accounts().find(({ identifier }) => identifier === 'payments-ci');
      expect(after?.team).toBe('Core');
      expect(after?.username).toBe(before?.username);
      expect(after?.accessKey === before?.accessKey).toBe(true);
    } finally {
      await lively.close();
    }
  });

  it('deletes what is not declared only with --prune, members first', async () => {
    await shell.synth(unprotected);
    await shell.run('apply', '--auto-approve');
    await shell.synth({
      browserstack_team: { core: { name: 'Core', ...open } },
      browserstack_service_account: { nightly: { identifier: 'nightly', ...open } },
    });
    expect(await shell.run('plan')).toMatchObject({ code: 0 });
    shell.requests();
    const applied = await shell.run('apply', '--prune', '--auto-approve');
    expect(applied).toMatchObject({ code: 0 });
    expect(applied.stdout).toMatch(/"payments-ci" has been deleted\.\n.*"Payments" has been deleted\./u);
    expect(accounts()).toEqual(['nightly -']);
    expect(shell.local.teams().map(({ name }) => name)).toEqual(['Core']);
    expect(shell.requests()).toHaveLength(6);
  });

  it('does not prune a team that still has somebody in it', async () => {
    await shell.synth(unprotected);
    await shell.run('apply', '--auto-approve');
    await shell.synth({ browserstack_team: { core: { name: 'Core' } } });
    const refused = await shell.run('plan', '--prune');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('The team "Payments" is not empty');
    const limited = await shell.run('plan', '--prune-only', 'team,service_account', '--max-deletes', '2');
    expect(limited.stderr).toContain('more than --max-deletes 2');
  });
});

describe('a kept plan', () => {
  it('is carried out as it was reviewed, and only once', async () => {
    await shell.synth(twoTeams);
    expect(await shell.run('plan', '--out', 'acme.plan.json')).toMatchObject({ code: 2 });
    expect((await stat(join(shell.cwd, 'acme.plan.json'))).mode & 0o777).toBe(0o600);
    await shell.synth({});
    shell.requests();
    expect(await shell.run('apply', 'acme.plan.json')).toMatchObject({ code: 0 });
    // Whose organization it is tells no list of an empty one: that is one request more.
    expect(shell.requests()).toHaveLength(9);
    expect(accounts()).toEqual(['nightly -', 'payments-ci Payments']);
    const again = await shell.run('apply', 'acme.plan.json');
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toContain('[stale]');
  });

  it('is refused when it was edited, or is meant for another BrowserStack', async () => {
    await shell.synth(twoTeams);
    await shell.run('plan', '--out', 'p.json');
    const elsewhere = await shell.run('apply', 'p.json', '--base-url', 'http://127.0.0.1:1');
    expect(elsewhere.stderr).toContain('The plan was made for another BrowserStack');
    const text = await readFile(join(shell.cwd, 'p.json'), 'utf8');
    await shell.write('p.json', text.replaceAll('nightly', 'mightly'));
    expect((await shell.run('apply', 'p.json')).stderr).toContain('It was changed after it was written');
    expect((await shell.run('apply', 'p.json', '--prune')).code).toBe(1);
    expect(shell.local.accounts()).toEqual([]);
  });
});

describe('consent', () => {
  it('is asked for, and only "yes" is one', async () => {
    await shell.synth(twoTeams);
    const answering = (answer: string) => ({ interactive: true, ask: async () => answer });
    const refused = await shell.runWith(answering('y'), 'apply');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('Nothing was changed.');
    expect(shell.local.teams()).toEqual([]);
    expect(await shell.runWith(answering('yes'), 'apply')).toMatchObject({ code: 0 });
    expect(shell.local.teams()).toHaveLength(2);
  });

  it('cannot be given where nobody is', async () => {
    await shell.synth(twoTeams);
    const refused = await shell.run('apply');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('--auto-approve');
    expect(shell.local.teams()).toEqual([]);
  });

  it('is not asked for a plan that --json does not show', async () => {
    await shell.synth(twoTeams);
    const refused = await shell.runWith({ interactive: true, ask: async () => 'yes' }, 'apply', '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout).problems).toMatchObject([{ code: 'refused', path: '--json' }]);
    expect(shell.local.teams()).toEqual([]);
  });

  it('does not hold for a world that changed meanwhile', async () => {
    await shell.synth(twoTeams);
    const meanwhile = async () => {
      const authorization = `Basic ${btoa('owner_local:owner-local-key-0001')}`;
      const create = `${shell.url}/user/create_team?team_name=Payments`;
      expect((await fetch(create, { method: 'POST', headers: { authorization } })).ok).toBe(true);
      return 'yes';
    };
    const refused = await shell.runWith({ interactive: true, ask: meanwhile }, 'apply');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('[stale]');
  });
});

describe('an apply under the real limit', () => {
  it('takes as long as the plan says', async () => {
    const slow = await openConsole({ seed, rateLimit: 'real' }, {});
    try {
      const many = Array.from({ length: 30 }, (_, i) => [`a${i}`, { identifier: `account-${i}` }] as const);
      await slow.synth({ browserstack_service_account: Object.fromEntries(many) });
      const start = slow.clock.now().getTime();
      const applied = await slow.run('apply', '--auto-approve', '--json');
      expect(applied).toMatchObject({ code: 0 });
      const { cost } = JSON.parse(applied.stdout);
      expect(cost).toEqual({ writes: 30, lists: 5, requests: 35, seconds: 122 });
      expect((slow.clock.now().getTime() - start) / 1000).toBe(cost.seconds);
      expect(slow.requests().filter((line) => line.endsWith('429'))).toEqual([]);
    } finally {
      await slow.close();
    }
  });
});

describe('a list that shows an older world once', () => {
  const age = async () => {
    await shell.synth(twoTeams);
    expect(await shell.run('apply', '--auto-approve')).toMatchObject({ code: 0 });
    shell.clock.advance(600_000);
    const older = { kind: 'stale-list', seconds: 3600 } as const;
    shell.local.inject([
      { ...older, path: '/user/team_detail' },
      { ...older, path: '/user/service-accounts' },
    ]);
    shell.requests();
  };

  it.each(['plan', 'drift', 'apply'])('%s does not miss what is there', async (command) => {
    await age();
    const options = command === 'apply' ? ['--auto-approve', '--json'] : ['--json'];
    const ended = await shell.run(command, ...options);
    expect(ended).toMatchObject({ code: 0 });
    expect(shell.requests().filter((line) => !line.startsWith('GET'))).toEqual([]);
  });

  it('does not make a kept plan stale, nor an apply that was done a failure', async () => {
    await shell.synth({});
    const older = { kind: 'stale-list', seconds: 3600, path: '/user/service-accounts' } as const;
    await shell.synth(twoTeams);
    await shell.run('plan', '--out', 'kept.json');
    shell.clock.advance(600_000);
    // The list before, and the one that looks back.
    shell.local.inject({ ...older, nth: 2 });
    expect(await shell.run('apply', 'kept.json')).toMatchObject({ code: 0 });
    expect(accounts()).toEqual(['nightly -', 'payments-ci Payments']);
  });
});
