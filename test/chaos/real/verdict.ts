/** What became of one schedule. */
export interface Verdict {
  readonly kind: 'terraform' | 'command-line';
  readonly seed: number;
  /** Accounts and intended rotations that nobody has. */
  readonly lost: number;
  /** Accounts of one name more than once. */
  readonly doubled: number;
  /** Rotations more than were intended. */
  readonly rotatedTwice: number;
  /** Keys at a consumer that the service refuses. */
  readonly deadKeys: number;
  /** Accounts that are there, and that neither a state nor a stack knows of. */
  readonly forgotten: number;
  /** Keys seen where none may be seen. */
  readonly told: number;
  /** What happened, for the person who looks into a failure. Never holds a key. */
  readonly story: readonly string[];
  /** What went wrong, once for each time it really did. */
  readonly met: readonly string[];
}

export const COUNTS = ['lost', 'doubled', 'rotatedTwice', 'deadKeys', 'forgotten', 'told'] as const;

export type Counts = { -readonly [K in (typeof COUNTS)[number]]: number };

export function noCounts(): Counts {
  return { lost: 0, doubled: 0, rotatedTwice: 0, deadKeys: 0, forgotten: 0, told: 0 };
}

export function hasFailed(verdict: Counts): boolean {
  return COUNTS.some((count) => verdict[count] > 0);
}
