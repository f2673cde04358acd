import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFingerprint } from '../../src/resources/access-key/index.ts';
import { Secret } from '../../src/secret.ts';
import { kept } from '../review/plans.ts';
import { type Console, openConsole } from './console.ts';

const KEYS = [
  'CanaryKeyOfCi0000001',
  'CanaryKeyOfOld000001',
  'CanaryKeyOfNobody001',
  'CanaryKeyOfGone00001',
  'OwnerCanaryKey000001',
] as const;
const HOSTILE = '<img src=x onerror=alert(1)>&"\u202e';
const seed = {
  organization: { name: 'Acme <b>Inc.</b>' },
  users: [{ username: 'owner_1', access_key: KEYS[4], role: 'owner' as const }],
  teams: [{ name: 'Payments' }],
  service_accounts: [
    { identifier: 'ci', username: 'ci_1', access_key: KEYS[0], team: 'Payments' },
    { identifier: 'old', username: 'old_1', access_key: KEYS[1] },
    { identifier: HOSTILE, username: 'nobody_1', access_key: KEYS[2] },
  ],
};
const fixture = JSON.parse(readFileSync(new URL('../fixtures/managed-key.json', import.meta.url), 'utf8'));

function managed(name: string, username: string, key: string, more: object = {}) {
  const resource = structuredClone(fixture);
  resource.name = name;
  Object.assign(resource.instances[0].attributes, {
    username,
    key_fingerprint: keyFingerprint(username, new Secret(key)),
    consumers: [`GitHub: acme/${name}`, 'owner: jane@acme.test'],
    ...more,
  });
  return resource;
}

let shell: Console;
beforeEach(async () => {
  const owner = { BROWSERSTACK_USERNAME: 'owner_1', BROWSERSTACK_ACCESS_KEY: KEYS[4] };
  shell = await openConsole({ seed }, { BROWSERSTACK_REQUEST_BURST: '1000', ...owner });
  const now = shell.clock.now().getTime();
  const ago = (days: number) => new Date(now - days * 86_400_000).toISOString();
  const rotated = {
    rotated_at: ago(20),
    schedule_base: ago(20),
    rotation_due_at: ago(-10),
    rotation_cause: 'trigger',
    rotation_reason: `trigger "leaked" changed ${KEYS[3]}`,
  };
  const adopted = { rotated_at: null, schedule_base: ago(200), rotation_due_at: ago(110), generation: 1 };
  const delivery = {
    mode: 'managed',
    type: 'browserstack_key_delivery',
    name: 'ci',
    provider: fixture.provider,
    instances: [
      {
        attributes: {
          username: 'ci_1',
          key_fingerprint: '0'.repeat(16),
          store: 'vault: secret/ci',
          confirmed_at: ago(30),
        },
      },
    ],
  };
  const resources = [
    managed('ci', 'ci_1', KEYS[0], rotated),
    managed('old', 'old_1', KEYS[1], adopted),
    managed('gone', 'gone_1', KEYS[3]),
    delivery,
  ];
  await shell.write('terraform.tfstate', {
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: 'x',
    outputs: {},
    resources,
  });
  await shell.write('browserstack.policy.json', {
    version: 1,
    rules: { 'max-key-age': { days: 60 } },
    waivers: [
      {
        rule: 'max-key-age',
        identifier: 'old',
        owner: 'jane@acme.test',
        reason: 'moved in May',
        ticket: 'SEC-1',
        until: new Date(now + 20 * 86_400_000).toISOString().slice(0, 10),
      },
    ],
  });
  await shell.write('plan.json', kept('identifier-changed').text);
  const { stdout } = await shell.run('review', 'plan.json', '--json', '--name', 'acme');
  await shell.write('review.json', stdout);
});
afterEach(() => shell.close());

const textOf = (path: string) => readFileSync(join(shell.cwd, path), 'utf8');

async function report(...argv: readonly string[]) {
  const ended = await shell.run('report', ...argv);
  const written = ['browserstack-report.html', 'audit/evidence.csv', 'audit/evidence.json'].map((path) => {
    try {
      return textOf(path);
    } catch {
      return '';
    }
  });
  for (const key of KEYS)
    expect([ended.stdout, ended.stderr, ...written].join('\n').includes(key)).toBe(false);
  return ended;
}
const ALL = ['--state', 'terraform.tfstate', '--review', 'review.json', '--evidence', 'audit'];

describe('report', () => {
  it('says of each key how old it is, from where that is known, and who answers for it', async () => {
    expect(await report(...ALL)).toMatchObject({ code: 0, stderr: '' });
    const { keys, counts, unseen, limits, organization, reviews } = JSON.parse(textOf('audit/evidence.json'));
    expect(keys).toMatchObject([
      {
        identifier: HOSTILE,
        managed: false,
        age_days: null,
        age_counted_from: null,
        older_than_policy: null,
        owner: null,
      },
      {
        identifier: 'ci',
        address: 'browserstack_access_key.ci',
        owner: 'jane@acme.test',
        consumers: ['GitHub: acme/ci'],
        age_days: 20,
        age_counted_from: 'rotation',
        rotation_cause: 'trigger',
        older_than_policy: false,
        overdue: false,
        deliveries: [{ store: 'vault: secret/ci', current: false }],
      },
      {
        identifier: 'old',
        age_days: 200,
        age_counted_from: 'adoption',
        rotated_at: null,
        older_than_policy: true,
        overdue: true,
        waivers: [{ rule: 'max-key-age', ticket: 'SEC-1', state: 'in force' }],
      },
    ]);
    expect(counts).toEqual({ keys: 3, managed: 2, overdue: 1, older_than_policy: 1, age_unknown: 1 });
    expect([unseen, organization]).toEqual([['gone_1'], seed.organization.name]);
    expect(limits.length).toBeGreaterThan(3);
    expect(reviews).toMatchObject([{ stack: 'acme', verdict: 'danger' }]);
    expect(reviews[0].findings.map(({ rule }: { rule: string }) => rule)).toContain(
      'replacement-needs-approval',
    );
  });

  it('as CSV, in which no name is a formula', async () => {
    await report(...ALL);
    const [head = '', ...rows] = textOf('audit/evidence.csv').trimEnd().split('\r\n');
    expect(head.split(',')).toContain('age_counted_from');
    expect(rows).toHaveLength(3);
    expect(rows[1]).toContain('vault: secret/ci (not the key of now)');
  });

  it('as a page, in which every name is a text', async () => {
    expect(await report(...ALL)).toMatchObject({ code: 0 });
    const html = textOf('browserstack-report.html');
    expect(html).not.toMatch(/<img|<b>Inc|<script|javascript:|https?:/u);
    expect(html).not.toContain('\u202e');
    for (const said of [
      'not seen',
      'Managed by nobody',
      'replacement-needs-approval',
      'SEC-1',
      'was last seen to hold another key',
      'Keys by age. 0–20 days: 1',
    ])
      expect(html).toContain(said);
  });

  it('sees what somebody changed elsewhere, and then knows no age', async () => {
    const authorization = `Basic ${btoa(`ci_1:${KEYS[0]}`)}`;
    await fetch(`${shell.url}/automate/recycle_key.json`, { method: 'PUT', headers: { authorization } });
    await report(...ALL);
    const { keys } = JSON.parse(textOf('audit/evidence.json'));
    expect(keys[1]).toMatchObject({
      status: 'changed_elsewhere',
      age_days: null,
      age_counted_from: null,
      older_than_policy: null,
    });
    expect(textOf('browserstack-report.html')).toContain('somebody changed the key elsewhere');
  });

  it('without a state tells what BrowserStack tells, and that nothing more is known', async () => {
    expect(await report()).toMatchObject({ code: 0 });
    expect(textOf('browserstack-report.html')).toContain('No state was given');
  });

  it('refuses what is no review, and writes nothing', async () => {
    const ended = await report('--state', 'terraform.tfstate', '--review', 'plan.json');
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('plan.json is not a review') });
    expect(() => textOf('browserstack-report.html')).toThrow();
  });
});
