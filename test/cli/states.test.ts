import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import { type Organization, organization } from '../helpers/organization.ts';
import { describeWithTerraform, type Workspace } from '../helpers/terraform.ts';
import { type Console, openConsole } from './console.ts';

const OWNER_KEY = 'owner-local-key-0001';
const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_1', access_key: OWNER_KEY, role: 'owner' as const }],
  teams: [{ name: 'Payments' }, { name: 'Search' }],
  service_accounts: [
    { identifier: 'ci', username: 'ci_1', team: 'Payments' },
    { identifier: 'nightly', username: 'nightly_1' },
  ],
};
const ENV = {
  BROWSERSTACK_USERNAME: 'owner_1',
  BROWSERSTACK_ACCESS_KEY: OWNER_KEY,
  BROWSERSTACK_REQUEST_BURST: '1000',
};

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({ seed }, ENV);
});
afterEach(() => shell.close());

describeWithTerraform('a state that Terraform wrote', () => {
  let acme: Organization;
  let work: Workspace;
  beforeAll(async () => {
    acme = await organization({ seed });
    work = await acme.workspace(
      `
      resource "browserstack_team" "payments" {
        name = "Payments"
      }
      import {
        to = browserstack_team.payments
        id = "Payments"
      }
      resource "browserstack_access_key" "ci" {
        username          = "ci_1"
        rotate_after_days = 30
        export_access_key = true
      }`,
      { BROWSERSTACK_ACCESS_KEY: OWNER_KEY },
    );
    const applied = await work.apply();
    expect(applied.exitCode, applied.output).toBe(0);
  });
  afterAll(() => acme.close());

  it.each([['keys', '--overdue'], ['rotate-due', '--dry-run'], ['adopt']])(
    'is read by "%s": the file itself, what it is shown as, and both from standard input',
    async (...argv) => {
      const clock = new ManualClock(new Date(Date.now() + 40 * 86_400_000));
      shell.clock.advance(clock.now().getTime() - shell.clock.now().getTime());
      const file = join(work.directory, 'terraform.tfstate');
      const before = await readFile(file);
      const shown = (await work.terraform('show', '-json')).stdout;
      await shell.write('shown.json', shown);
      const run = (state: string, stdin: string | Buffer) =>
        shell.runWith({ clock, stdin: async () => Buffer.from(stdin) }, ...argv, '--state', state, '--json');
      const ended = [
        await run(file, ''),
        await run('shown.json', ''),
        await run('-', before),
        await run('-', shown),
      ];
      const [first] = ended;
      expect(JSON.parse(first?.stdout ?? '')).toMatchObject({ version: 2, ok: true });
      expect(new Set(ended.map(({ stdout }) => stdout)).size).toBe(1);
      expect(ended.map(({ code }) => code)).toEqual(Array(4).fill(argv[0] === 'adopt' ? 0 : 2));
      expect((await readFile(file)).equals(before)).toBe(true);
      for (const { stdout, stderr } of ended)
        for (const { accessKey } of acme.local.accounts())
          expect(`${stdout}${stderr}`.includes(accessKey)).toBe(false);
    },
  );
});

describe('what is given as a state', () => {
  const said = async (...argv: string[]) => {
    const ended = await shell.run(...argv);
    expect(ended, argv.join(' ')).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).not.toContain('[internal]');
    return ended.stderr;
  };
  const commands = [['keys'], ['keys', '--overdue'], ['rotate-due', '--yes'], ['adopt']];

  it('is named when it is something else, and nothing advises to write over it', async () => {
    const encrypted = { serial: 1, lineage: 'x', meta: {}, encrypted_data: 'AAAA', encryption_version: 'v0' };
    await shell.write('terraform.tfstate', encrypted);
    await shell.write('plan.json', { format_version: '1.2', planned_values: {} });
    for (const argv of commands) {
      const refused = await said(...argv, '--state', 'terraform.tfstate');
      expect(refused).toContain('an encrypted state of OpenTofu');
      expect(refused).not.toContain('> terraform.tfstate');
      expect(await said(...argv, '--state', 'plan.json')).toContain('It is a plan');
    }
    expect((await stat(join(shell.cwd, 'terraform.tfstate'))).size).toBe(JSON.stringify(encrypted).length);
    expect(await said('plan', 'plan.json')).toContain('It is a plan');
    expect(await said('apply', 'terraform.tfstate')).toContain('an encrypted state');
    expect(shell.requests()).toEqual([]);
  });

  it('may be nested 20,000 modules deep', async () => {
    const deep = `${'{"child_modules":['.repeat(20_000)}{}${']}'.repeat(20_000)}`;
    await shell.write('deep.json', `{"format_version":"1.0","values":{"root_module":${deep}}}`);
    await shell.write('deep.tf.json', `{"resource":{"browserstack_team":{"a":{"name":${deep}}}}}`);
    for (const argv of commands) expect(await said(...argv, '--state', 'deep.json')).toContain('levels deep');
    expect(await said('plan', 'deep.tf.json')).toContain('levels deep');
  });

  it('may come out of PowerShell', async () => {
    const state = { version: 4, terraform_version: '1.11.4', lineage: 'x', resources: [] };
    const utf16 = Buffer.from(`\uFEFF${JSON.stringify(state)}`, 'utf16le');
    expect(
      await shell.runWith({ stdin: async () => utf16 }, 'adopt', '--state', '-', '--report'),
    ).toMatchObject({
      code: 0,
    });
  });

  it('is wanted from standard input once', async () => {
    expect(await said('keys', '--state', '-', '--state', '-')).toContain('Standard input is wanted twice');
    expect(await said('keys', '--state', '-', '--access-key-stdin')).toContain(
      'Standard input is wanted twice',
    );
  });
});

describe('a key in a state', () => {
  const key = async (changes: object) => {
    const fixture = JSON.parse(
      await readFile(new URL('../fixtures/managed-key.json', import.meta.url), 'utf8'),
    );
    Object.assign(fixture.instances[0].attributes, changes);
    const state = { version: 4, terraform_version: '1.11.4', lineage: 'x', resources: [fixture] };
    await shell.write('terraform.tfstate', state);
  };
  const window = (changes: object) => ({
    window: { days: null, hours: null, time_zone: null, blackout_dates: null, ...changes },
  });

  it.each<[string, object, string]>([
    ['a time zone that does not exist', window({ time_zone: 'Mars/Olympus' }), 'window.time_zone'],
    ['a blackout that does not exist', window({ blackout_dates: ['2026-02-30'] }), 'window.blackout_dates'],
    ['hours that do not exist', window({ hours: '25:00-26:00' }), 'window.hours'],
    ['a due date that is none', { rotation_due_at: 'tomorrow' }, 'rotation_due_at'],
    ['a due date of 30 February', { rotation_due_at: '2026-02-30T00:00:00Z' }, 'rotation_due_at'],
    ['a rotation that is no date', { rotated_at: '' }, 'rotated_at'],
    ['a base that is missing', { schedule_base: null }, 'schedule_base'],
    ['a status that nobody knows', { rotation_status: 'fine' }, 'rotation_status'],
    ['text for a number', { rotate_after_days: 'thirty' }, 'rotate_after_days'],
    ['no account', { username: '' }, 'username'],
  ])('with %s is an error, never "nothing is due"', async (_, changes, path) => {
    await key(changes);
    for (const argv of [['keys'], ['keys', '--overdue'], ['rotate-due', '--yes']]) {
      const refused = await shell.run(...argv, '--state', 'terraform.tfstate');
      expect(refused, argv.join(' ')).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('[invalid_input]');
      expect(refused.stderr).toContain(`at browserstack_access_key.ci.${path}`);
    }
    expect(shell.requests()).toEqual([]);
  });

  it('of accounts that are not to be seen is said to be so, and is an error when it is all there is', async () => {
    await key({ username: 'somebody_else' });
    for (const argv of [
      ['keys', '--overdue'],
      ['rotate-due', '--yes'],
    ]) {
      const refused = await shell.run(...argv, '--state', 'terraform.tfstate');
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('see none of the accounts');
    }
    await key({ username: 'somebody_else' });
    await shell.write('other.json', await readFile(join(shell.cwd, 'terraform.tfstate'), 'utf8'));
    await key({});
    const both = ['--state', 'terraform.tfstate', '--state', 'other.json'];
    const listed = await shell.run('keys', ...both, '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject({ unseen: ['somebody_else'] });
    expect((await shell.run('keys', ...both)).stdout).toContain('Not seen with these credentials');
    expect((await shell.run('rotate-due', ...both, '--dry-run')).stdout).toContain('somebody_else');
  });
});

describe('a state of several organizations', () => {
  const provider = (alias: string) =>
    `provider["registry.terraform.io/browserstack-iac/browserstack"]${alias === '' ? '' : `.${alias}`}`;
  const resource = (type: string, name: string, alias: string, attributes: object) => ({
    mode: 'managed',
    type: `browserstack_${type}`,
    name,
    provider: provider(alias),
    instances: [{ schema_version: 0, attributes }],
  });
  const raw = (...resources: object[]) => ({
    version: 4,
    terraform_version: '1.11.4',
    lineage: 'x',
    resources,
  });
  const shown = (...resources: { type: string; name: string; instances: { attributes: object }[] }[]) => ({
    format_version: '1.0',
    values: {
      root_module: {
        resources: resources.map(({ type, name, instances: [one] }) => ({
          address: `${type}.${name}`,
          mode: 'managed',
          type,
          name,
          values: one?.attributes,
        })),
      },
    },
  });
  const here = [
    resource('team', 'a_payments', 'acme', { name: 'Payments' }),
    resource('service_account', 'a_ci', 'acme', { identifier: 'ci', username: 'ci_1', team: 'Payments' }),
  ];
  const there = [
    resource('team', 'e_payments', 'emea', { name: 'Payments' }),
    resource('team', 'e_search', 'emea', { name: 'Search' }),
    // The same identifier as one of ours that nobody manages.
    resource('service_account', 'e_nightly', 'emea', { identifier: 'nightly', username: 'nightly_9' }),
  ];
  const adopted = async (state: object, ...argv: string[]) => {
    await shell.write('state.json', state);
    const { code, stdout, stderr } = await shell.run('adopt', '--state', 'state.json', '--json', ...argv);
    expect(code, stderr).toBe(0);
    const { report, objects } = JSON.parse(stdout);
    return { report, ids: objects.map(({ import_id }: { import_id: string }) => import_id) };
  };

  it('is told apart by user names, and teams by their provider configuration', async () => {
    const { report, ids } = await adopted(raw(...here, ...there));
    expect(ids).toEqual(['Search', 'nightly_1']);
    expect(report.elsewhere).toHaveLength(3);
  });

  it('is told apart by name where nothing in it can tell', async () => {
    await shell.write('state.json', raw(resource('team', 'a', 'acme', { name: 'Payments' }), ...there));
    const unclear = await shell.run('adopt', '--state', 'state.json', '--report');
    expect(unclear.stdout).toContain('There, but declared nowhere: 2.');
    const named = raw(resource('team', 'a', 'acme', { name: 'Payments' }), ...there);
    expect((await adopted(named, '--provider', 'acme')).ids).toEqual(['Search', 'ci_1', 'nightly_1']);
    expect((await adopted(named, '--provider', 'browserstack.emea')).ids).toEqual(['ci_1', 'nightly_1']);
    const wrong = await shell.run('adopt', '--state', 'state.json', '--provider', 'apac');
    expect(wrong.stderr).toContain('browserstack.acme, browserstack.emea');
  });

  it('leaves out, and names, what a shown state cannot tell', async () => {
    const { report, ids } = await adopted(shown(...here, ...there));
    expect(ids).toEqual(['nightly_1']);
    expect(report.unclear).toEqual([{ type: 'browserstack_team', name: 'Search' }]);
    const said = await shell.run('adopt', '--state', 'state.json', '--report');
    expect(said.stdout).toContain('Left out');
    expect(said.stdout).toContain('browserstack_team "Search"');
  });

  it('of one organization tells of everything in it', async () => {
    expect((await adopted(raw(...here))).ids).toEqual(['Search', 'nightly_1']);
    expect((await adopted(shown(...here))).ids).toEqual(['Search', 'nightly_1']);
    const [team] = here;
    expect((await adopted(raw(team as object))).ids).toEqual(['Search', 'ci_1', 'nightly_1']);
  });
});
