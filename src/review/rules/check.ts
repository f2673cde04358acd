// What a rule finds in a plan.

import type { Policy } from '../../policy/policy.ts';
import type { Level } from '../../policy/rule.ts';
import type { Change } from '../change.ts';
import type { Phrase } from '../phrase.ts';
import type { ReviewedType } from '../plan/attributes.ts';
import type { PlanDocument } from '../plan/plan-document.ts';
import type { ChangeOf, ResourceChange } from '../plan/resource-change.ts';
import type { Review } from '../review.ts';

export interface Context {
  readonly document: PlanDocument;
  readonly review: Review;
  readonly policy: Policy;
  readonly now: Date;
  /** Labels of the pull request: what an owner approved. */
  readonly labels: readonly string[];
}

export interface Hit {
  readonly address?: string;
  readonly identifier?: string;
  readonly message: Phrase;
  /** Where it differs from what the rule says in general. */
  readonly fix?: Phrase;
  /** Where it differs from the rule's own, unless the policy sets that. */
  readonly level?: Level;
  /** Said yes to by a label of the pull request. */
  readonly approved?: string;
}

export type Check = (context: Context) => readonly Hit[];

/** Where a change is, for a finding about it. */
export function at({ address, name }: Change): Pick<Hit, 'address' | 'identifier'> {
  return { address, identifier: name };
}

/** Rows that make something, take it over or change it: what is merely there is nobody's business in a review. */
export function touched<T extends ReviewedType>(context: Context, type: T): readonly ChangeOf<T>[] {
  return context.document.changes.filter(
    (row): row is ChangeOf<T> & ResourceChange =>
      row.type === type &&
      row.after !== undefined &&
      (row.action === 'create' || row.action === 'update' || row.importing) &&
      changeAt(context, row.address)?.level !== 'quiet',
  );
}

/** The change at an address. */
export function changeAt({ review }: Context, address: string): Change | undefined {
  return found(review.changes, address);
}

/** The row of the plan at an address. */
export function rowAt({ document }: Context, address: string): ResourceChange | undefined {
  return found(document.changes, address);
}

/** Plans have thousands of objects, and rules ask about each: every list is looked through once. */
const indexes = new WeakMap<readonly unknown[], ReadonlyMap<string, unknown>>();

function found<T extends { readonly address: string }>(list: readonly T[], address: string): T | undefined {
  const index = indexes.get(list) ?? new Map(list.map((member) => [member.address, member]));
  indexes.set(list, index);
  // The index of this very list.
  return index.get(address) as T | undefined;
}

export function hasRemark({ remarks }: Change, ...codes: readonly string[]): boolean {
  return remarks.some(({ code }) => codes.includes(code));
}
