import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../src/errors.ts';
import { levelOf, numberFor, textsFor } from '../../src/policy/policy.ts';
import { policySchema } from '../../src/policy/policy-schema.ts';
import { NO_POLICY, readPolicy } from '../../src/policy/read-policy.ts';
import { rules } from '../../src/policy/rules/index.ts';

const NOW = new Date('2026-03-02T09:00:00Z');

const read = (text: string) => readPolicy(text, 'browserstack.policy.json', NOW);

/** What is wrong with a policy, each with its line. */
function wrong(text: string): readonly string[] {
  try {
    read(text);
  } catch (thrown) {
    return problemsOf(thrown).map(({ summary }) => summary);
  }
  return [];
}

const waiver = (members: object = {}) => ({
  rule: 'max-key-age',
  identifier: 'payments-*',
  owner: 'platform@acme.test',
  reason: 'BrowserStack support is asked',
  ticket: 'SEC-42',
  until: '2026-06-01',
  ...members,
});

const withWaiver = (members: object) => JSON.stringify({ version: 1, waivers: [waiver(members)] });

describe('a policy', () => {
  it('says nothing: every rule holds as it is written', () => {
    const policy = read('{ "version": 1 }');
    for (const { name, level } of rules) expect(levelOf(policy, name)).toBe(level);
    expect(numberFor(policy, 'max-key-age', 'days')).toBe(90);
    expect(policy).toEqual(NO_POLICY);
  });

  it('sets levels and parameters', () => {
    const policy = read(
      JSON.stringify({
        $schema: 'policy.schema.json',
        version: 1,
        rules: {
          'team-required': 'off',
          'max-rotations': { max: 50 },
          'max-key-age': { level: 'warning', days: 30 },
          'base-url-allowed': { hosts: ['stack.acme.test'] },
        },
        waivers: [waiver()],
      }),
    );
    expect(levelOf(policy, 'team-required')).toBe('off');
    expect(levelOf(policy, 'max-rotations')).toBe('error');
    expect(numberFor(policy, 'max-rotations', 'max')).toBe(50);
    expect([levelOf(policy, 'max-key-age'), numberFor(policy, 'max-key-age', 'days')]).toEqual([
      'warning',
      30,
    ]);
    expect(textsFor(policy, 'base-url-allowed', 'hosts')).toEqual(['stack.acme.test']);
    expect(policy.waivers).toMatchObject([
      { rule: 'max-key-age', subject: { identifier: 'payments-*' }, place: 'browserstack.policy.json:1' },
    ]);
  });

  it('refuses limits that nothing would hold to', () => {
    expect(wrong('{ "version": 1, "destruction": { "team": { "delete": { "per_run": 0 } } } }')).toEqual([
      expect.stringContaining('There is no "destruction" in a policy'),
    ]);
  });

  it('matches its published schema, which an editor completes from', () => {
    const matches = new Ajv({ strict: false, formats: { regex: true } }).compile(policySchema);
    expect(
      matches({
        version: 1,
        rules: { 'max-rotations': { max: 3 }, 'team-required': 'off' },
        waivers: [waiver()],
      }),
    ).toBe(true);
    expect(matches({ version: 1, rules: { 'max-rotations': { most: 3 } } })).toBe(false);
    expect(matches({ version: 1, waivers: [{ ...waiver(), address: 'a.b' }] })).toBe(false);
  });
});

describe('what is wrong is told at once, each with its line', () => {
  it('all of it', () => {
    const text = `{
  "version": 1,
  "rules": {
    "max-key-ages": "error",
    "max-rotations": { "max": -1 },
    "team-required": "loud",
    "one-key-one-use": { "maximum": 2 }
  },
  "waiver": [],
  "waivers": [
    { "rule": "max-key-age", "identifier": "*", "owner": "a", "reason": "b", "ticket": "c", "until": "2026-04-01" },
    { "rule": "max-key-age", "identifier": "x", "owner": "a", "reason": "b", "ticket": "c" }
  ]
}`;
    expect(wrong(text)).toEqual([
      'browserstack.policy.json:9: There is no "waiver" in a policy',
      'browserstack.policy.json:4: There is no rule "max-key-ages"',
      'browserstack.policy.json:5: "max" must be >= 0',
      'browserstack.policy.json:6: "team-required" cannot be set to this',
      'browserstack.policy.json:7: There is no "maximum" here',
      'browserstack.policy.json:11: "identifier" would match everything',
      'browserstack.policy.json:12: "until" is missing',
    ]);
  });

  it('names the rule that was perhaps meant', () => {
    try {
      read('{ "version": 1, "rules": { "max-key-ages": "error" } }');
      expect.unreachable();
    } catch (thrown) {
      expect(problemsOf(thrown)[0]?.detail).toMatch(/^Did you mean "max-key-age"\?/u);
    }
  });

  it.each([
    ['', 'browserstack.policy.json:1: It is not JSON: value expected'],
    ['{\n  "version": 1,\n}', 'browserstack.policy.json:3: It is not JSON'],
    ['{\n  // a comment\n  "version": 1 }', 'browserstack.policy.json:2: It is not JSON'],
    ['[]', 'browserstack.policy.json:1: It is not a JSON object'],
    ['{}', 'browserstack.policy.json:1: It does not have version 1'],
    ['{ "version": 2 }', 'browserstack.policy.json:1: It does not have version 1'],
    [
      '{ "version": 1,\n "rules": {},\n "rules": {} }',
      'browserstack.policy.json:3: "rules" stands there twice',
    ],
    ['{ "version": 1, "rules": [] }', 'browserstack.policy.json:1: "rules" is no object'],
    ['{ "version": 1, "waivers": {} }', 'browserstack.policy.json:1: "waivers" is not a list'],
    [
      '{ "version": 1, "rules": { "identifier-pattern": { "pattern": "(" } } }',
      'browserstack.policy.json:1: "pattern" must match format "regex"',
    ],
  ])('%j', (text, summary) => {
    expect(wrong(text)[0]).toContain(summary);
  });

  it('a byte order mark is no error', () => {
    expect(wrong('\uFEFF{ "version": 1 }')).toEqual([]);
  });
});

describe('a waiver', () => {
  it.each([
    [{ until: '2026-12-31' }, 'A waiver ends at most 180 days from now'],
    [{ until: '2026-02-30' }, 'There is no day 2026-02-30'],
    [{ identifier: '**' }, '"identifier" would match everything'],
    [{ identifier: '?*' }, '"identifier" would match everything'],
    [{ address: 'browserstack_access_key.ci' }, 'A waiver is for an identifier or for an address'],
    [{ identifier: undefined }, 'A waiver is for an identifier or for an address'],
    [{ rule: 'plan-is-whole' }, '"plan-is-whole" cannot be waived'],
    [{ rule: 'policy-changed' }, '"policy-changed" cannot be waived'],
    [{ rule: 'nothing' }, '"rule" is not one of what there is'],
    [{ owner: '' }, '"owner" must NOT have fewer than 1 characters'],
    [{ reason: 'line\nbreak' }, '"reason" must match pattern'],
    [{ forever: true }, 'There is no "forever" here'],
  ])('%j is refused', (members, summary) => {
    expect(wrong(withWaiver(members))[0]).toContain(summary);
  });

  it('ends at most 180 days from now', () => {
    expect(wrong(withWaiver({ until: '2026-08-29' }))).toEqual([]);
    expect(wrong(withWaiver({ until: '2026-08-30' }))).toHaveLength(1);
  });

  it('that has ended is read: the review tells of it', () => {
    expect(wrong(withWaiver({ until: '2025-01-01' }))).toEqual([]);
  });
});

it('the example on the page of the rules is a policy', () => {
  const page = readFileSync('docs/review/policy-rules.md', 'utf8');
  const example = /```json\n(.*?)```/su.exec(page)?.[1] ?? '';
  expect(wrong(example)).toEqual([]);
  expect(read(example).waivers).toHaveLength(1);
});
