// The closed vocabulary of what the provider says. Each of its errors and warnings ends with one of these codes in
// brackets: sentences may get better, codes stay, so reviews, policies and alerts go by the code.

import { GENERAL } from './general.ts';
import { KEYS } from './keys.ts';
import { OBJECTS } from './objects.ts';

/** What happened, and what mends it. */
export interface DiagnosticMeaning {
  readonly cause: string;
  readonly mend: string;
}

export type DiagnosticCode = keyof typeof OBJECTS | keyof typeof KEYS | keyof typeof GENERAL;

/** By what they are about, in the order in which the documentation shows them. */
export const DIAGNOSTICS: readonly (readonly [
  title: string,
  codes: Readonly<Record<string, DiagnosticMeaning>>,
])[] = [
  ['Teams, accounts and people', OBJECTS],
  ['Keys and pairs', KEYS],
  ['Errors without a code of their own', GENERAL],
];
