// A rule of the policy, as its reader knows it: what it is about, why, what a control says of it, how to mend it.
// What it finds in a plan is the review's business.

export const LEVELS = ['error', 'warning', 'note'] as const;
/** An error stops the change, a warning is shown, a note is told. */
export type Level = (typeof LEVELS)[number];

/** A value that a rule can be given, by a JSON Schema; `default` stands in it. */
export interface Parameter {
  readonly description: string;
  readonly schema: { readonly default: unknown } & Readonly<Record<string, unknown>>;
}

export interface Rule {
  readonly name: string;
  readonly level: Level;
  /** What is found, in one sentence. */
  readonly summary: string;
  /** Why it matters. */
  readonly why: string;
  /** How to mend it. */
  readonly fix: string;
  /** Controls of published frameworks that it serves; "by analogy" where they speak of something else. */
  readonly controls: readonly string[];
  readonly parameters?: Readonly<Record<string, Parameter>>;
}
