// npm run bench:review [-- COUNT]: what a review of so many rotated keys costs above the parsing of the plan.

import { NO_POLICY } from '../../src/policy/read-policy.ts';
import { comment } from '../../src/review/output/markdown/comment.ts';
import { DIALECTS } from '../../src/review/output/markdown/dialect.ts';
import { readPlan } from '../../src/review/plan/read-plan.ts';
import { reviewPlan } from '../../src/review/review.ts';
import { findingsOf } from '../../src/review/rules/findings.ts';
import { fleetPlan } from './fleet-plan.ts';

/** CPU seconds of what it does, user and system. */
function cpuOf<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  const start = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(start);
  return { value, seconds: (user + system) / 1e6 };
}

const count = Number(process.argv[2] ?? 5000);
if (!Number.isSafeInteger(count) || count < 1) throw new Error('npm run bench:review -- COUNT');

const text = fleetPlan(count);
const parsing = cpuOf(() => JSON.parse(text));
const before = process.resourceUsage().maxRSS;
const whole = cpuOf(() => {
  const document = readPlan(text, 'plan.json');
  const review = reviewPlan(document);
  const now = new Date('2026-03-02T09:00:00Z');
  const findings = findingsOf({ document, review, policy: NO_POLICY, now, labels: [] });
  return comment(review, findings, { dialect: DIALECTS.github, stack: 'fleet' });
});
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
process.stdout.write(
  `${[
    `rotated keys    ${count}`,
    `plan            ${megabytes(text.length)}`,
    `parsing         ${parsing.seconds.toFixed(2)} CPU s`,
    `above parsing   ${(whole.seconds - parsing.seconds).toFixed(2)} CPU s`,
    `memory          ${megabytes(1024 * (process.resourceUsage().maxRSS - before))} above the parsed plan`,
    `comment         ${whole.value.length} characters`,
  ].join('\n')}\n`,
);
