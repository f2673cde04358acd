// What a rule finds in a plan.

import type { Policy } from '../../policy/policy.ts';
import type { Level } from '../../policy/rule.ts';
import type { Change } from '../change.ts';
import type { Phrase } from '../phrase.ts';
import type { ReviewedType } from '../plan/attributes.ts';
import type { PlanDocument } from '../plan/plan-document.ts';
import type { ChangeOf } from '../plan/resource-change.ts';
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
export function touched<T extends ReviewedType>({ document }: Context, type: T): readonly ChangeOf<T>[] {
  return document.changes.filter(
    (row): row is ChangeOf<T> & (typeof document.changes)[number] =>
      row.type === type &&
      row.after !== undefined &&
      (row.action === 'create' || row.action === 'update' || row.importing),
  );
}

/** The change about a row. */
export function changeAt({ review }: Context, address: string): Change | undefined {
  return review.changes.find((change) => change.address === address);
}

export function hasRemark({ remarks }: Change, ...codes: readonly string[]): boolean {
  return remarks.some(({ code }) => codes.includes(code));
}
