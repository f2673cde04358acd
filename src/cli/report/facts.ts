// What a report is made of: one list of BrowserStack, the states that manage it, the policy, and reviews that were kept.

import type { Policy, Waiver } from '../../policy/policy.ts';
import { numberFor } from '../../policy/policy.ts';
import type { StateResource } from '../../reconcile/input/state.ts';
import type { KeyReport, KeyReportRow } from '../../resources/access-key/index.ts';
import { type Mask, maskOf, NO_SECRETS } from '../../review/masking.ts';
import { matchesGlob } from '../../review/rules/glob.ts';
import type { KeptReview } from './reviews.ts';

export interface ReportedKey extends KeyReportRow {
  /** Of the block that manages it. */
  readonly address: string | undefined;
  readonly owner: string | undefined;
  readonly rotateAfterDays: number | undefined;
  /** Since when its age is counted, and what says so. */
  readonly countedFrom: 'rotation' | 'adoption' | undefined;
  /** Why the last rotation of this state happened; `undefined` where it made none. */
  readonly cause: string | undefined;
  readonly reason: string | undefined;
  readonly overdue: boolean;
  /** Older than the policy allows; `undefined` where nobody knows its age. */
  readonly tooOld: boolean | undefined;
  readonly waivers: readonly Waiver[];
  readonly deliveries: readonly DeliveryFact[];
}

/** What a `browserstack_key_delivery` last confirmed. */
export interface DeliveryFact {
  readonly address: string;
  readonly store: string;
  readonly confirmedAt: string | undefined;
  /** Whether the store was seen to hold the key of now. */
  readonly current: boolean;
}

export interface Report {
  readonly at: Date;
  /** `undefined` where these credentials do not see it. */
  readonly organization: string | undefined;
  readonly keys: readonly ReportedKey[];
  /** User names of managed keys whose accounts were not seen. */
  readonly unseen: readonly string[];
  /** The greatest age that the policy allows, in days. */
  readonly maxAge: number;
  readonly policy: { readonly file: string | undefined; readonly sha256: string | undefined };
  readonly waivers: readonly Waiver[];
  readonly reviews: readonly KeptReview[];
  /** As they were named on the command line. */
  readonly states: readonly string[];
}

export interface Sources {
  readonly at: Date;
  readonly organization: string | undefined;
  readonly listed: KeyReport;
  readonly resources: readonly StateResource[];
  readonly states: readonly string[];
  readonly policy: Policy;
  readonly policyFile: Report['policy'];
  readonly reviews: readonly KeptReview[];
}

export function reportOf(sources: Sources): Report {
  const { at, organization, listed, resources, policy, policyFile, reviews, states } = sources;
  // Somebody may have written a key where a text belongs.
  const mask = maskOf(NO_SECRETS);
  const maxAge = numberFor(policy, 'max-key-age', 'days');
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const blocks = new Map(
    [...of('browserstack_access_key'), ...of('browserstack_credential_pair')].map((resource) => [
      resource.values.username,
      resource,
    ]),
  );
  const accounts = new Map(of('browserstack_service_account').map(({ values }) => [values.username, values]));
  const overdue = new Set(listed.overdue);
  const keys = listed.rows.map((row): ReportedKey => {
    const { address, values = {} } = blocks.get(row.username) ?? {};
    const declared = [...row.consumers, ...textsIn(accounts.get(row.username)?.consumers)].map(mask);
    const days = values.rotate_after_days;
    return {
      ...row,
      consumers: [...new Set(declared)].filter((consumer) => !OWNER.test(consumer)),
      address,
      owner: declared.find((consumer) => OWNER.test(consumer))?.replace(OWNER, ''),
      rotateAfterDays: typeof days === 'number' ? days : Number(textIn(days)) || undefined,
      countedFrom:
        row.ageDays === undefined ? undefined : row.rotatedAt === undefined ? 'adoption' : 'rotation',
      cause: textIn(values.rotation_cause),
      reason: textIn(values.rotation_reason, mask),
      overdue: overdue.has(row),
      tooOld: row.ageDays === undefined ? undefined : row.ageDays > maxAge,
      waivers: policy.waivers.filter((waiver) => isAbout(waiver, row.identifier, address)),
      deliveries: of('browserstack_key_delivery')
        .filter(({ values: delivery }) => delivery.username === row.username)
        .map((delivery) => ({
          address: delivery.address,
          store: textIn(delivery.values.store) ?? delivery.address,
          confirmedAt: textIn(delivery.values.confirmed_at),
          current: row.fingerprint !== undefined && delivery.values.key_fingerprint === row.fingerprint,
        })),
    };
  });
  const { unseen } = listed;
  const { waivers } = policy;
  return { at, organization, keys, unseen, maxAge, policy: policyFile, waivers, reviews, states };
}

/** One entry among the consumers may say who answers for the account. */
const OWNER = /^owner:\s*/iu;

function isAbout({ subject }: Waiver, identifier: string, address: string | undefined): boolean {
  if ('identifier' in subject) return matchesGlob(subject.identifier, identifier);
  return address !== undefined && matchesGlob(subject.address, address);
}

function textIn(json: unknown, mask: Mask = (text) => text): string | undefined {
  return typeof json === 'string' && json !== '' ? mask(json) : undefined;
}

function textsIn(json: unknown): readonly string[] {
  return Array.isArray(json) ? json.filter((one) => typeof one === 'string') : [];
}
