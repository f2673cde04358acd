// The plans that tests review: recorded ones, each with what a right review says of it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../../src/policy/policy.ts';
import { NO_POLICY } from '../../src/policy/read-policy.ts';
import type { Finding } from '../../src/review/finding.ts';
import { type Diagnostic, readDiagnostics } from '../../src/review/plan/diagnostics.ts';
import { readPlan } from '../../src/review/plan/read-plan.ts';
import { type Review, reviewPlan } from '../../src/review/review.ts';
import { findingsOf } from '../../src/review/rules/findings.ts';

const plans = fileURLToPath(new URL('plans', import.meta.url));

export interface Kept {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** A kept plan by its name, such as `rotate-by-age` or `opentofu/tofu-1.12.6-rename`. */
export function kept(name: string): Kept {
  const path = (suffix: string) => join(plans, `${name}${suffix}`);
  const file = existsSync(path('.plan.json')) ? path('.plan.json') : path('.json');
  const said = ['.diagnostics.json', '.diagnostics.jsonl'].map(path).find(existsSync);
  return {
    text: readFileSync(file, 'utf8'),
    diagnostics: said === undefined ? [] : readDiagnostics(readFileSync(said, 'utf8'), said),
  };
}

/** The review of a kept plan. */
export function reviewOf(name: string): Review {
  return reviewedOf(name).review;
}

/** The same with what a policy finds, on the day on which the plan was made. */
export function reviewedOf(
  name: string,
  policy: Policy = NO_POLICY,
  { now, labels = [] }: { readonly now?: Date; readonly labels?: readonly string[] } = {},
): { readonly review: Review; readonly findings: readonly Finding[] } {
  const { text, diagnostics } = kept(name);
  const document = readPlan(text, name);
  const review = reviewPlan(document, { diagnostics });
  const at = now ?? document.timestamp ?? new Date(0);
  return { review, findings: findingsOf({ document, review, policy, now: at, labels }) };
}

/** Every part of a key that may never be seen in a review. */
export const CANARY = /CanaryKey/u;

/** What triggers were changed to: a note about a leak, which is nobody's business. */
export const TRIGGER_VALUE = /4711/u;
