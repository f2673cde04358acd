import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import ajv04 from 'ajv-draft-04';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { stops } from '../../src/review/finding.ts';
import { reviewAsAtlantis } from '../../src/review/output/atlantis.ts';
import { reviewAsCodeQuality, reviewAsTerraformReport } from '../../src/review/output/gitlab.ts';
import { reviewAsJunit } from '../../src/review/output/junit.ts';
import { reviewAsSarif } from '../../src/review/output/sarif.ts';
import { exitCodeOf } from '../../src/review/review.ts';
import { reviewedOf } from './plans.ts';
import { scenarios } from './recording/scenarios/index.ts';

const NOW = new Date('2026-03-02T09:00:00Z');
const TOOL = { name: 'browserstack-iac', version: '0.1.0' };
const PLACES = { policy: 'browserstack.policy.json', source: 'main.ts' };

const WAIVER = {
  rule: 'replacement-needs-approval',
  identifier: 'payments-*',
  owner: 'platform@acme.test',
  reason: 'agreed',
  ticket: 'SEC-42',
  until: '2026-04-01',
};
const waiving = readPolicy(
  JSON.stringify({ version: 1, waivers: [WAIVER] }),
  'browserstack.policy.json',
  NOW,
);

const names = scenarios.map(({ name }) => name);

describe('SARIF', () => {
  // The published schema names formats that it does not need checked.
  const matches = new ajv04.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    sarifSchema,
  );
  const sarif = (name: string, policy = waiving): Log => {
    const { review, findings } = reviewedOf(name, policy, { now: NOW });
    return JSON.parse(reviewAsSarif(review, findings, { tool: TOOL, ...PLACES }));
  };

  it.each(names)('of %s has the published shape', (name) => {
    matches(sarif(name));
    expect(matches.errors).toBeNull();
  });

  it('shows a finding where the diagnostic of its object is, else at the source', () => {
    const [run] = sarif('identifier-changed').runs;
    const where = (rule: string) => {
      const location = run?.results?.find(({ ruleId }) => ruleId === rule)?.locations?.[0];
      return [
        location?.physicalLocation?.artifactLocation?.uri,
        location?.physicalLocation?.region?.startLine,
        location?.logicalLocations?.[0]?.fullyQualifiedName,
      ];
    };
    expect(where('delivery-before-replacement')).toEqual(['main.tf', 2, 'browserstack_service_account.ci']);
    expect(where('guards-set')).toEqual(['main.ts', 1, 'provider.browserstack']);
  });

  it('suppresses what is waived, with its justification, under the same fingerprint', () => {
    const result = (policy: typeof waiving) =>
      sarif('identifier-changed', policy).runs[0]?.results?.find(
        ({ ruleId }) => ruleId === 'replacement-needs-approval',
      );
    expect(result(waiving)?.suppressions).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification: 'platform@acme.test: agreed (SEC-42), until 2026-04-01',
      },
    ]);
    const open = result(readPolicy('{ "version": 1 }', 'p', NOW));
    expect(open?.suppressions).toBeUndefined();
    expect(open?.partialFingerprints).toEqual(result(waiving)?.partialFingerprints);
  });

  it('points each result at its rule', () => {
    const [run] = sarif('team-renamed').runs;
    for (const { ruleId, ruleIndex } of run?.results ?? [])
      expect(run?.tool.driver.rules?.[ruleIndex ?? -1]?.id).toBe(ruleId);
  });
});

describe('JUnit', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  });

  it.each(names)('of %s is XML whose totals are those of its cases', (name) => {
    const { review, findings } = reviewedOf(name, waiving, { now: NOW });
    const xml = reviewAsJunit(review, findings);
    expect(XMLValidator.validate(xml)).toBe(true);
    const { testsuites } = parser.parse(xml);
    const cases = testsuites.testsuite.flatMap(({ testcase }: { testcase: object[] }) => testcase);
    expect(Number(testsuites.tests)).toBe(findings.length + 1);
    expect(cases).toHaveLength(findings.length + 1);
    const failures = cases.filter((one: object) => 'failure' in one).length;
    expect(Number(testsuites.failures)).toBe(failures);
    expect(failures).toBe(findings.filter(stops).length + (review.plan.complete ? 0 : 1));
    expect(Number(testsuites.skipped)).toBe(findings.filter(({ waived }) => waived !== undefined).length);
  });
});

describe('GitLab', () => {
  it('counts what a plan changes as its widget does', () => {
    const { review } = reviewedOf('rotation-among-others');
    expect(JSON.parse(reviewAsTerraformReport(review))).toEqual({ create: 1, update: 4, delete: 0 });
    expect(JSON.parse(reviewAsTerraformReport(reviewedOf('team-renamed').review))).toEqual({
      create: 5,
      update: 0,
      delete: 5,
    });
  });

  it('has a finding for each object, without what is waived', () => {
    const { review, findings } = reviewedOf('identifier-changed', waiving, { now: NOW });
    const report: { check_name: string; severity: string }[] = JSON.parse(
      reviewAsCodeQuality(review, findings, PLACES),
    );
    expect(report.map(({ check_name, severity }) => `${severity} ${check_name}`)).toEqual([
      'critical delivery-before-replacement',
      'info protection-on',
      'info guards-set',
    ]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
  });
});

describe('the policy gate of Atlantis', () => {
  const gate = (name: string, policy = waiving) => {
    const { review, findings } = reviewedOf(name, policy, { now: NOW });
    const needed = exitCodeOf(review) !== 0 || findings.some(stops);
    return { needed, text: reviewAsAtlantis(review, findings, needed) };
  };

  // Old: any "fail" in any case. New: a number of failures, `failures": [`, or FAIL at the beginning.
  const refusesOld = (text: string) => text.trim() === '' || /fail/iu.test(text);
  const refusesNew = (text: string) =>
    /[1-9]\d* failure/u.test(text) || text.includes('failures": [') || text.startsWith('FAIL');

  it.each(names)('%s: old and new versions read what is meant', (name) => {
    const { needed, text } = gate(name);
    expect(refusesOld(text)).toBe(needed);
    expect(refusesNew(text)).toBe(needed);
    if (needed)
      expect(text).toMatch(
        /^FAIL - .*(?:\n(?:FAIL|WARN|EXCP) - .*)*\n\n\d+ tests, \d+ passed, \d+ warnings, [1-9]\d* failures, \d+ exceptions\n$/u,
      );
  });

  it('a pass holds no name: an account may be called failover-ci', () => {
    const { review, findings } = reviewedOf('hostile-names');
    expect(reviewAsAtlantis(review, findings, false)).toMatch(
      /^PASS - verdict ok: \d+ warnings?, nothing stops this plan\n$/u,
    );
  });

  it('is the same in each run: an approval of its lines stays', () => {
    expect(gate('fleet-rotation').text).toBe(gate('fleet-rotation').text);
    expect(gate('fleet-rotation').text).not.toMatch(/\d{4}-\d{2}-\d{2}T|[0-9a-f]{40}/u);
  });
});
