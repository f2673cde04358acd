// Whether what is about to be applied is what was reviewed: the same plan, commit and policy, and not long ago.

import { Problem } from '../../errors.ts';
import { digestOf, type SealedPlan } from './sealed-plan.ts';

/** What the apply job knows by itself. */
export interface Expected {
  /** At least the first 12 digits of the digest that was approved. */
  readonly digest: string;
  readonly stack: string | undefined;
  readonly commit: string | undefined;
  /** SHA-256 of the policy as it is now. */
  readonly policy: string | undefined;
  readonly now: Date;
  readonly maxAgeHours: number;
}

/** Fewer digits could be met by chance, or by trying. */
export const FEWEST_DIGITS = 12;
const HOUR = 3_600_000;
/** Clocks of two machines differ. */
const TOLERANCE = 300_000;

/** Everything that is not as it was reviewed, at once. */
export function verify({ facts, plan }: SealedPlan, expected: Expected): readonly Problem[] {
  const digest = digestOf(plan);
  const problems: Problem[] = [];
  const differs = (summary: string, detail: string) =>
    problems.push(new Problem({ code: 'stale', summary, detail }));
  if (!isPrefix(expected.digest, digest))
    differs(
      'This is another plan',
      `Approved was ${short(expected.digest)}, this one is ${short(digest)}. Plan and review again.`,
    );
  if (facts.digest !== digest)
    differs(
      'The plan is not the one that was reviewed',
      'It was exchanged after the review. Plan and review again, and find out who did it.',
    );
  if (expected.stack !== undefined && expected.stack !== facts.stack)
    differs(
      'This is the plan of another stack',
      `It is of ${quoted(facts.stack)}, and this job applies ${quoted(expected.stack)}.`,
    );
  if (expected.commit !== undefined && expected.commit !== facts.commit)
    differs(
      'This is the plan of another commit',
      `It was made of ${facts.commit ?? 'none that it names'}, and this job applies ${expected.commit}. Plan and review again.`,
    );
  if (expected.policy !== facts.policy)
    differs(
      'The policy has changed since the review',
      'What it lets pass now may be something else. Review again.',
    );
  const age = expected.now.getTime() - Date.parse(facts.at);
  if (Number.isNaN(age) || age > expected.maxAgeHours * HOUR)
    differs(
      'The review is too old',
      `It was made at ${quoted(facts.at)}; a plan is applied within ${expected.maxAgeHours} hours. Plan and review again.`,
    );
  if (age < -TOLERANCE)
    differs(
      'The review is from the future',
      `It was made at ${quoted(facts.at)}: is the clock of one of the machines wrong?`,
    );
  return problems;
}

function isPrefix(given: string, digest: string): boolean {
  return /^[0-9a-f]+$/u.test(given) && given.length >= FEWEST_DIGITS && digest.startsWith(given);
}

function short(digest: string): string {
  return quoted(digest.slice(0, FEWEST_DIGITS));
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
