// For auditors: what is known of each key, where it is known from, and what nobody can know.

import type { Waiver } from '../../policy/policy.ts';
import { csv } from '../render/csv.ts';
import type { Report, ReportedKey } from './facts.ts';

/** Said with the figures, not instead of them. */
export const LIMITS = [
  'BrowserStack tells no date: not when an account was made, not when its key was changed or last used. Dates are those of the state, by the clock of the machine that applied.',
  'A fingerprint that is the same in the state and at BrowserStack proves that the key is the one the state knows. How old that key is, the state says: since its rotation, or, where it was adopted, since the day that was declared for it.',
  'Where the fingerprint differs, somebody changed the key elsewhere. When, and who, nobody recorded: its age is not known.',
  'Who uses a key, and who answers for it, is what the configuration declares. BrowserStack records no use of a service account that an API gives.',
  'Keys of people, and accounts that these credentials do not see, are not in this evidence.',
] as const;

const COLUMNS = [
  'identifier',
  'username',
  'team',
  'address',
  'owner',
  'consumers',
  'managed',
  'fingerprint',
  'status',
  'age_days',
  'age_counted_from',
  'rotated_at',
  'rotation_cause',
  'rotation_reason',
  'generation',
  'rotate_after_days',
  'due_at',
  'overdue',
  'older_than_policy',
  'waivers',
  'deliveries',
] as const;

/** One row for each account, RFC 4180. */
export function evidenceAsCsv({ keys, at }: Report): string {
  return csv(
    COLUMNS,
    keys.map((key) => {
      const { waivers, deliveries, ...rest } = recordOf(key, at);
      return {
        ...rest,
        waivers: waivers.map(
          ({ rule, owner, ticket, until, state }) => `${rule} until ${until} (${state}; ${owner}, ${ticket})`,
        ),
        deliveries: deliveries.map(
          ({ store, current }) => `${store}${current ? '' : ' (not the key of now)'}`,
        ),
      };
    }),
  );
}

export function evidenceAsJson(
  report: Report,
  tool: { readonly name: string; readonly version: string },
): object {
  const { at, organization, keys, unseen, maxAge, policy, reviews, states } = report;
  return {
    version: 1,
    tool,
    at: at.toISOString(),
    organization: organization ?? null,
    sources: {
      browserstack: 'one list of service accounts',
      states,
      policy: { file: policy.file ?? null, sha256: policy.sha256 ?? null, max_key_age_days: maxAge },
    },
    limits: LIMITS,
    counts: {
      keys: keys.length,
      managed: keys.filter(({ managed }) => managed).length,
      overdue: keys.filter(({ overdue }) => overdue).length,
      older_than_policy: keys.filter(({ tooOld }) => tooOld === true).length,
      age_unknown: keys.filter(({ ageDays }) => ageDays === undefined).length,
    },
    keys: keys.map((key) => recordOf(key, at)),
    unseen,
    reviews: reviews.map(({ stack, verdict, headline, source, changes, findings }) => ({
      stack,
      verdict,
      headline,
      commit: source.commit,
      at: source.timestamp,
      plan_sha256: source.plan_sha256,
      tfplan_sha256: source.tfplan_sha256,
      rotates: changes
        .filter(({ kind }) => kind === 'rotate' || kind === 'switch')
        .map(({ username }) => username ?? null),
      findings: findings.map(({ rule, level, identifier, address, message, waived }) => ({
        rule,
        level,
        identifier,
        address,
        message,
        waived,
      })),
    })),
  };
}

function recordOf(key: ReportedKey, at: Date) {
  return {
    identifier: key.identifier,
    username: key.username,
    team: key.team ?? null,
    address: key.address ?? null,
    owner: key.owner ?? null,
    consumers: key.consumers,
    managed: key.managed,
    fingerprint: key.fingerprint ?? null,
    status: key.status,
    age_days: key.ageDays ?? null,
    age_counted_from: key.countedFrom ?? null,
    rotated_at: key.rotatedAt?.toISOString() ?? null,
    rotation_cause: key.cause ?? null,
    rotation_reason: key.reason ?? null,
    generation: key.generation ?? null,
    rotate_after_days: key.rotateAfterDays ?? null,
    due_at: key.dueAt?.toISOString() ?? null,
    overdue: key.overdue,
    older_than_policy: key.tooOld ?? null,
    waivers: key.waivers.map((waiver) => ({ ...shownWaiver(waiver), state: stateOf(waiver, at) })),
    deliveries: key.deliveries.map(({ address, store, confirmedAt, current }) => ({
      address,
      store,
      confirmed_at: confirmedAt ?? null,
      current,
    })),
  };
}

function shownWaiver({ rule, owner, reason, ticket, until }: Waiver) {
  return { rule, owner, reason, ticket, until };
}

/** A waiver holds until the end of its last day. */
export function stateOf({ until }: Waiver, at: Date): 'in force' | 'expired' {
  return until < at.toISOString().slice(0, 10) ? 'expired' : 'in force';
}
