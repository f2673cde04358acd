// What a plan does to one object, in the words of its reviewer.

import type { ReviewedType } from './plan/attributes.ts';

/** How much a person has to look, from nothing to everything. */
export const LEVELS = ['quiet', 'ok', 'look', 'danger'] as const;
export type Level = (typeof LEVELS)[number];

export function highest(levels: Iterable<Level>): Level {
  return LEVELS[Math.max(0, ...[...levels].map((level) => LEVELS.indexOf(level)))] ?? 'quiet';
}

export const KINDS = [
  'create',
  /** Taken under management as it is: an import, a key of an account, a key that somebody else rotated. */
  'adopt',
  'rotate',
  'may_rotate',
  /** The two accounts of a pair change places. */
  'switch',
  'may_switch',
  'replace',
  'delete',
  /** No longer managed, and lives on, because its deletion policy says so. */
  'abandon',
  /** No longer managed, and lives on, because the configuration or the engine says so. */
  'forget',
  'update',
  'move',
  /** The bookkeeping of a key begins anew; the key stays as it is. */
  'restart',
  /** A rotation that the change asks for and that does not happen in this plan. */
  'held_back',
  /** A rotation that is due and waits for its window. */
  'waiting',
  /** Something this version has no word for. */
  'unknown',
] as const;
export type Kind = (typeof KINDS)[number];

export const CAUSES = [
  'trigger',
  'age',
  /** Somebody did something outside of this configuration. */
  'external',
  /** An attribute that cannot be changed on what is there. */
  'replace_path',
  /** Another change of this plan. */
  'cascade',
  /** `-replace`, taint, `replace_triggered_by`. */
  'request',
  /** The configuration says so: a block is new, changed or gone. */
  'configuration',
  'unknown',
] as const;

export interface Cause {
  readonly code: (typeof CAUSES)[number];
  readonly attributes: readonly string[];
  /** Names of triggers, never their values. */
  readonly triggers: readonly string[];
  readonly dueAt?: Date;
  readonly overdueDays?: number;
  /** `id` of the change that it follows from. */
  readonly follows?: string;
}

/** Something about a change that a reviewer should know. Closed: each has its words in `words/remarks.ts`. */
export type Remark = {
  readonly [C in keyof RemarkFacts]: { readonly code: C; readonly level: Level } & RemarkFacts[C];
}[keyof RemarkFacts];

interface FromTo {
  readonly from: string;
  readonly to: string;
}
// biome-ignore lint/complexity/noBannedTypes: a remark without facts has none to carry.
type NoFacts = {};

export interface RemarkFacts {
  protection_off: NoFacts;
  protection_on: NoFacts;
  abandon_set: NoFacts;
  abandon_unset: NoFacts;
  /** The key goes into the state from now on, and into these outputs. */
  export_on: { readonly outputs: readonly string[] };
  export_off: NoFacts;
  /** It was in the state before and stays there. */
  export_stays: NoFacts;
  /** A key was written into the configuration by hand. */
  key_given: NoFacts;
  schedule_loosened: FromTo;
  schedule_tightened: FromTo;
  due_moved: FromTo;
  triggers_added: { readonly names: readonly string[] };
  triggers_removed: { readonly names: readonly string[] };
  age_restated: FromTo;
  age_adopted: { readonly age: string };
  escrow_changed: NoFacts;
  external_policy: FromTo;
  /** From the next destroy on, the key is rotated once more. */
  rotates_when_destroyed: NoFacts;
  /** It is destroyed in this plan, and its key rotated once more; nobody is given the new one. */
  rotated_into_nothing: NoFacts;
  renamed_in_place: FromTo;
  moved_in_place: FromTo;
  admin: { readonly team: string | undefined; readonly role: string };
  role_changed: FromTo;
  products_granted: { readonly products: readonly string[] };
  products_kept: { readonly products: readonly string[] };
  person_stays: NoFacts;
  rotated_elsewhere: NoFacts;
  /** Rotated elsewhere, and nobody has decided what happens about it. */
  undecided: NoFacts;
  /** Rotated elsewhere and once more by this plan: the key of somebody else dies too. */
  rotated_again: NoFacts;
  /** What asked for a rotation is satisfied by one that happened elsewhere. */
  satisfied: NoFacts;
  /** Was deleted elsewhere and is made again. */
  made_again: NoFacts;
  /** One of the same name is made at this address by the same plan: a block was renamed, and nobody said so. */
  made_anew: { readonly at: string };
  /** The former object lives on. */
  former_lives_on: NoFacts;
  /** The block means another account from now on. */
  other_account: FromTo;
  delivery_silent: { readonly addresses: readonly string[] };
  /** Both accounts of a pair go at once. */
  no_overlap: NoFacts;
  still_due: NoFacts;
  left_behind: NoFacts;
  unknown_type: NoFacts;
  unknown_action: { readonly actions: readonly string[] };
  /** Rotated by an action, which a change of this plan may trigger. */
  by_action: { readonly reason: string | undefined; readonly triggeredBy: string | undefined };
}

export interface Delivery {
  readonly address: string;
  /** What a reader knows this address as: the path of its construct, where there is one. */
  readonly shown: string;
  /** It changes in this plan, so that it takes the new key along. */
  readonly fires: boolean;
  /** False where it hangs on the key through a local value, which no plan tells. */
  readonly certain: boolean;
  readonly kind: 'store' | 'command' | 'verified' | 'other';
}

export interface Difference {
  readonly attribute: string;
  /** As people read it; `null` where there is nothing, or nothing that may be shown. */
  readonly before: string | null;
  readonly after: string | null;
  readonly unknown: boolean;
  readonly sensitive: boolean;
}

/** What is lost. */
export interface Blast {
  readonly accounts: number;
  readonly keys: number;
  readonly people: number;
  readonly parallels: number;
}

export interface Change {
  /** Unique in a review, the same in each review of the same change. */
  readonly id: string;
  readonly kind: Kind;
  readonly level: Level;
  readonly type: ReviewedType | string;
  readonly address: string;
  /** What a reader knows this address as: the path of its construct, where there is one. */
  readonly shown: string;
  /** The address without its instance: what one block of the configuration makes. */
  readonly block: string;
  readonly previousAddress?: string;
  /** What people call it: an identifier, a team's name, an e-mail address. */
  readonly name: string;
  /** What it will be called, if that changes. */
  readonly newName?: string;
  readonly identifier?: string;
  /** `null` for what belongs to the organization; absent where it cannot be told. */
  readonly team?: string | null;
  readonly username?: string;
  readonly newUsername?: string;
  readonly generation?: { readonly before: number; readonly after: number };
  readonly rotateAfterDays?: number;
  readonly dueAt?: Date;
  readonly lastRotatedAt?: Date;
  readonly cause: Cause;
  readonly undo: 'yes' | 'no' | 'partly';
  /** Somebody who worked before does not work after the apply until they are given something. */
  readonly breaks: boolean;
  readonly consumers: readonly string[];
  readonly deliveries: readonly Delivery[];
  readonly blast: Blast;
  readonly differences: readonly Difference[];
  readonly remarks: readonly Remark[];
}

export const NO_BLAST: Blast = { accounts: 0, keys: 0, people: 0, parallels: 0 };

/** True for what has a row of its own: the key of a replaced account goes with its account. */
export function isEvent({ type, cause, kind, level }: Change): boolean {
  if (kind === 'update' && level === 'quiet') return false;
  const credential = type === 'browserstack_access_key' || type === 'browserstack_credential_pair';
  return !(credential && cause.code === 'cascade' && level !== 'danger');
}
