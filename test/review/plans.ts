// The plans that tests review: recorded ones, each with what a right review says of it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Diagnostic, readDiagnostics } from '../../src/review/plan/diagnostics.ts';
import { readPlan } from '../../src/review/plan/read-plan.ts';
import { type Review, reviewPlan } from '../../src/review/review.ts';

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
  const { text, diagnostics } = kept(name);
  return reviewPlan(readPlan(text, name), { diagnostics });
}

/** Every part of a key that may never be seen in a review. */
export const CANARY = /CanaryKey/u;

/** What triggers were changed to: a note about a leak, which is nobody's business. */
export const TRIGGER_VALUE = /4711/u;
