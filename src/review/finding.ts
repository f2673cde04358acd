// What a rule of the policy has to say about a plan.

import type { Phrase } from './phrase.ts';

export const FINDING_LEVELS = ['error', 'warning', 'note'] as const;
/** An error stops the change, a warning is shown, a note is told. */
export type FindingLevel = (typeof FINDING_LEVELS)[number];

export interface Waiver {
  readonly owner: string;
  readonly reason: string;
  readonly ticket: string;
  readonly until: string;
}

export interface Finding {
  readonly rule: string;
  readonly level: FindingLevel;
  /** Where: an address of the configuration; absent for the plan as a whole. */
  readonly address: string | undefined;
  /** What it is about, as people call it. */
  readonly identifier: string | undefined;
  readonly message: Phrase;
  readonly why: string;
  readonly fix: Phrase;
  /** Controls of published frameworks, such as `OWASP NHI2`. */
  readonly controls: readonly string[];
  /** The same for the same finding in each review. */
  readonly fingerprint: string;
  readonly waived: Waiver | undefined;
}

/** An error that nobody waived. */
export function stops({ level, waived }: Finding): boolean {
  return level === 'error' && waived === undefined;
}
