import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import { keyFingerprint } from '../../src/resources/access-key/index.ts';
import { Secret } from '../../src/secret.ts';
import { type Organization, organization } from '../helpers/organization.ts';
import { SkippingClock } from '../helpers/skipping-clock.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { type Console, openConsole } from './console.ts';

const CANARY = 'canary-key-4711';
const OWNER_KEY = 'owner-local-key-0001';
const account = (identifier: string, team?: string) => ({
  identifier,
  username: `${identifier.replace(/\W/gu, '')}_1`,
  access_key: `${CANARY}-${identifier}`,
  ...(team === undefined ? {} : { team }),
});
const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_1', access_key: OWNER_KEY, role: 'owner' as const }],
  teams: [{ name: 'Payments' }],
  service_accounts: [
    account('ci', 'Payments'),
    account('nightly'),
    account('pair-a'),
    account('pair-b'),
    account('=SUM(1)'),
  ],
};
const ENV = { BROWSERSTACK_USERNAME: 'owner_1', BROWSERSTACK_ACCESS_KEY: OWNER_KEY };
const FAST = { BROWSERSTACK_REQUEST_BURST: '1000' };
const fingerprintOf = ({ username, access_key }: ReturnType<typeof account>) =>
  keyFingerprint(username, new Secret(access_key));

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({ seed }, { ...FAST, ...ENV });
});
afterEach(() => shell.close());

describe('keys', () => {
  it('shows fingerprints, and one key only when told to', async () => {
    const [listed, shown, csv] = [
      await shell.run('keys', '--json'),
      await shell.run('keys'),
      await shell.run('keys', '--csv'),
    ];
    expect(JSON.parse(listed.stdout).keys[1]).toEqual({
      identifier: 'ci',
      username: 'ci_1',
      team: 'Payments',
      fingerprint: fingerprintOf(account('ci')),
      status: 'unmanaged',
      age_days: null,
      rotated_at: null,
      due_at: null,
      generation: null,
      consumers: [],
    });
    expect(shown.stdout).toMatch(new RegExp(`"ci" +ci_1 +"Payments" +${fingerprintOf(account('ci'))}`, 'u'));
    for (const { stdout, stderr } of [listed, shown, csv])
      expect((stdout + stderr).includes(CANARY)).toBe(false);
    expect(await shell.run('keys', 'nightly', '--reveal')).toMatchObject({
      code: 0,
      stdout: `${CANARY}-nightly`,
      stderr: '',
    });
    expect(JSON.parse((await shell.run('keys', 'nightly', '--json')).stdout).keys).toHaveLength(1);
  });

  it('reveals no key that is dead, however long the list shows it', async () => {
    const reveal = () => shell.run('keys', 'nightly', '--reveal');
    await shell.run('rotate', 'nightly', '--yes', '--key-file', 'key');
    const current = shell.local.accounts().find(({ identifier }) => identifier === 'nightly')?.accessKey;
    shell.local.inject({ kind: 'stale-list', seconds: 30, path: '/user/service-accounts', times: 'always' });
    const { code, stdout, stderr } = await reveal();
    expect([code, stdout === current]).toEqual([0, true]);
    expect(stderr).toContain('the list shows a dead key of nightly_1; looking again in 3 s');
    shell.local.clearFaults();
    await shell.run('rotate', 'nightly', '--yes', '--key-file', 'key');
    shell.local.inject({ kind: 'stale-list', seconds: 600, path: '/user/service-accounts', times: 'always' });
    expect(await reveal()).toMatchObject({ code: 1, stdout: '' });
  });

  it('hands a spreadsheet no formulas', async () => {
    const { stdout } = await shell.run('keys', '--csv');
    const lines = stdout.split('\r\n');
    expect(lines[0]).toBe(
      'identifier,username,team,fingerprint,status,age_days,rotated_at,due_at,generation,consumers',
    );
    expect(lines.find((line) => line.includes('SUM'))).toMatch(/^'=SUM\(1\),/u);
    expect(lines.filter(Boolean)).toHaveLength(6);
  });

  it('says what contradicts, and what is missing', async () => {
    for (const line of [
      ['--reveal'],
      ['ci', '--reveal', '--json'],
      ['ci', '--reveal', '--csv'],
      ['--csv', '--json'],
      ['--overdue'],
    ])
      expect(await shell.run('keys', ...line)).toMatchObject({ code: 1 });
    await shell.write('plan.json', { format_version: '1.2', planned_values: {} });
    const refused = await shell.run('keys', '--state', 'plan.json');
    expect(refused.stderr).toContain('plan.json is not a state');
    expect(shell.requests()).toEqual([]);
  });
});

describeWithTerraform('keys that Terraform manages', () => {
  let acme: Organization;
  let state: string;
  beforeAll(async () => {
    acme = await organization({ seed });
    const work = await acme.workspace(
      `
      resource "browserstack_access_key" "ci" {
        username          = "ci_1"
        rotate_after_days = 30
        consumers         = ["GitHub: acme/payments", "on-call"]
      }
      resource "browserstack_access_key" "nightly" {
        username          = "nightly_1"
        rotate_after_days = 90
      }
      resource "browserstack_credential_pair" "pair" {
        username_a        = "paira_1"
        username_b        = "pairb_1"
        rotate_after_days = 30
      }`,
      { BROWSERSTACK_ACCESS_KEY: OWNER_KEY },
    );
    const applied = await work.apply();
    expect(applied.exitCode, applied.output).toBe(0);
    state = (await work.terraform('show', '-json')).stdout;
  });
  afterAll(() => acme.close());

  const keysIn = (days: number, ...args: string[]) =>
    shell.runWith(
      { clock: new ManualClock(new Date(Date.now() + days * 86_400_000 + 60_000)) },
      ...['keys', '--state', 'state.json', ...args],
    );
  const statuses = (stdout: string) =>
    Object.fromEntries(
      JSON.parse(stdout).keys.map((key: { identifier: string; status: string }) => [
        key.identifier,
        key.status,
      ]),
    );

  it('have an age, a due date, a status and consumers', async () => {
    await shell.write('state.json', state);
    const listed = await keysIn(10, '--json');
    expect(statuses(listed.stdout)).toEqual({
      ci: 'current',
      nightly: 'current',
      'pair-a': 'current',
      'pair-b': 'idle',
      '=SUM(1)': 'unmanaged',
    });
    const ci = JSON.parse(listed.stdout).keys.find((key: { identifier: string }) => key.identifier === 'ci');
    expect(ci).toMatchObject({
      age_days: 10,
      generation: 1,
      consumers: ['GitHub: acme/payments', 'on-call'],
      fingerprint: fingerprintOf(account('ci')),
    });
    expect(Date.parse(ci.due_at)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    const text = (await keysIn(10)).stdout;
    expect(text).toContain('"GitHub: acme/payments", "on-call"');
    expect(text).toContain('5 keys, 0 overdue.');
    expect(await keysIn(10, '--overdue')).toMatchObject({ code: 0 });
  });

  it('are reported once they are overdue, with an exit code for pipelines', async () => {
    await shell.write('state.json', state);
    const late = await keysIn(31, '--overdue', '--json');
    expect(late.code).toBe(2);
    expect(statuses(late.stdout)).toEqual({ ci: 'due', 'pair-a': 'due' });
    expect((await keysIn(31)).stdout).toContain('due (overdue)');
  });

  it('show that somebody else rotated them', async () => {
    await shell.write('state.json', state);
    await shell.run('rotate', 'nightly', '--yes');
    const changed = await keysIn(31, '--overdue', '--json');
    expect(statuses(changed.stdout)).toEqual({
      ci: 'due',
      nightly: 'changed_elsewhere',
      'pair-a': 'due',
    });
    expect(JSON.parse(changed.stdout)).toMatchObject({ overdue: 2, unsettled: 1 });
  });

  it('are rotated when they are due, the longest overdue first, and the rest is carried over', async () => {
    const fleet = await openConsole({ seed }, { ...FAST, ...ENV });
    const due = (days: number, ...args: string[]) => {
      const now = new Date(Date.now() + days * 86_400_000 + 60_000);
      fleet.clock.advance(now.getTime() - fleet.clock.now().getTime());
      return fleet.runWith(
        { clock: new ManualClock(now) },
        ...['rotate-due', '--state', 'state.json', '--json', ...args],
      );
    };
    try {
      await fleet.write('state.json', state);
      expect(await due(10, '--yes')).toMatchObject({ code: 0 });
      const looked = await due(100, '--dry-run');
      const both = [
        { identifier: 'ci', username: 'ci_1' },
        { identifier: 'nightly', username: 'nightly_1' },
      ];
      const pairs = [{ identifier: 'pair-a', username: 'paira_1' }];
      expect(JSON.parse(looked.stdout)).toEqual({
        version: 2,
        ok: true,
        problems: [],
        rotated: [],
        left: both,
        pairs,
        unseen: [],
      });
      expect((await due(100)).stderr).toContain('Use --yes.');
      expect(fleet.local.accounts().every(({ accessKey }) => accessKey.startsWith(CANARY))).toBe(true);

      const first = await due(100, '--max', '1', '--yes', '--pipe-to', 'tee "$ROTATED_IDENTIFIER.key"');
      expect(first.code).toBe(2);
      expect(JSON.parse(first.stdout)).toMatchObject({ rotated: [both[0]], left: [both[1]], pairs });
      const [ci, ...others] = fleet.local.accounts();
      expect((await readFile(join(fleet.cwd, 'ci.key'), 'utf8')) === ci?.accessKey).toBe(true);
      expect(others.every(({ accessKey }) => accessKey.startsWith(CANARY))).toBe(true);

      // The same state again: what was rotated meanwhile is not due any more.
      expect(await due(100, '--max', '1', '--yes')).toMatchObject({ code: 0 });
      expect(fleet.local.accounts().filter(({ accessKey }) => !accessKey.startsWith(CANARY))).toHaveLength(2);
    } finally {
      await fleet.close();
    }
  });

  it('are not rotated for the clock of this machine alone', async () => {
    const fleet = await openConsole({ seed }, { ...FAST, ...ENV });
    try {
      await fleet.write('state.json', state);
      const ahead = new ManualClock(new Date(Date.now() + 100 * 86_400_000));
      const refused = await fleet.runWith({ clock: ahead }, 'rotate-due', '--state', 'state.json', '--yes');
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('The clocks disagree whether ci_1 is due');
      expect(fleet.local.accounts().every(({ accessKey }) => accessKey.startsWith(CANARY))).toBe(true);
    } finally {
      await fleet.close();
    }
  });

  it('are never due by themselves: without a state nothing is said to be in order', async () => {
    const refused = await shell.run('rotate-due', '--yes', '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout).problems).toMatchObject([{ code: 'invalid_input', path: '--state' }]);
    expect(shell.requests()).toEqual([]);
  });

  it('are handed over by the next run when they were rotated and could not be, and not rotated again', async () => {
    const budgets = { BROWSERSTACK_REQUEST_BUDGET_DIRECTORY: await mkdtemp(join(tmpdir(), 'open-writes-')) };
    const fleet = await openConsole({ seed }, { ...FAST, ...ENV, ...budgets });
    fleet.clock.advance(Date.now() + 100 * 86_400_000 - fleet.clock.now().getTime());
    const due = (...args: string[]) =>
      fleet.run('rotate-due', '--state', 'state.json', '--yes', '--json', ...args);
    try {
      await fleet.write('state.json', state);
      expect(await due('--pipe-to', 'exit 3')).toMatchObject({ code: 1 });
      const [ci] = fleet.local.accounts();
      expect(await due('--max', '0', '--pipe-to', 'tee "$ROTATED_IDENTIFIER.key"')).toMatchObject({
        code: 2,
      });
      expect((await readFile(join(fleet.cwd, 'ci.key'), 'utf8')) === ci?.accessKey).toBe(true);
      expect(fleet.local.accounts()[0]).toEqual(ci);
      // It was handed over: that was that.
      expect(JSON.parse((await due('--max', '0')).stdout)).toMatchObject({ rotated: [] });
    } finally {
      await fleet.close();
    }
  });

  it('are left alone from the first that cannot be rotated', async () => {
    const fleet = await openConsole({ seed }, { ...FAST, ...ENV });
    try {
      await fleet.write('state.json', state);
      fleet.clock.advance(Date.now() + 100 * 86_400_000 - fleet.clock.now().getTime());
      fleet.local.inject({ kind: 'status', status: 503, when: 'before', path: '/automate/recycle_key.json' });
      const stopped = await fleet.runWith(
        { clock: new SkippingClock(new Date(Date.now() + 100 * 86_400_000).toISOString()) },
        ...['rotate-due', '--state', 'state.json', '--yes'],
      );
      expect(stopped.code).toBe(1);
      expect(stopped.stdout).toContain('0 rotated, 2 left.');
      expect(stopped.stderr).toContain('was not rotated');
      expect(fleet.local.accounts().every(({ accessKey }) => accessKey.startsWith(CANARY))).toBe(true);
    } finally {
      await fleet.close();
    }
  });
});
