// What keys and pairs have in common: whose they are, who takes the new key along, what leaks.

import type { Change, Kind, Remark } from '../../change.ts';
import { tryDate } from '../../plan/json.ts';
import type { Credential } from '../../plan/resource-change.ts';
import type { Facts } from '../facts.ts';

export function credentialFacts(change: Credential, facts: Pick<Facts, 'accounts' | 'deliveries'>) {
  const { before, after } = change;
  const account = facts.accounts.behind(change);
  const identifier =
    before?.identifier ??
    after?.identifier ??
    account?.before?.identifier ??
    account?.after?.identifier ??
    undefined;
  const team =
    account === undefined
      ? (before?.team ?? after?.team ?? undefined)
      : (account.before ?? account.after)?.team;
  const username = before?.username ?? after?.username ?? undefined;
  const consumers = [
    ...(after?.consumers ?? before?.consumers ?? []),
    ...(account?.after?.consumers ?? account?.before?.consumers ?? []),
  ];
  return {
    ...(identifier === undefined ? {} : { identifier }),
    ...(team === undefined ? {} : { team }),
    ...(username === undefined ? {} : { username }),
    consumers: [...new Set(consumers)],
    deliveries: facts.deliveries.of(change, account?.address),
    ...(before?.generation != null && after?.generation != null
      ? { generation: { before: before.generation, after: after.generation } }
      : {}),
  };
}

/** How old it is, and when it is due, as far as that is known. */
export function ageOf(
  values: Credential['before'],
): Pick<Change, 'rotateAfterDays' | 'dueAt' | 'lastRotatedAt'> {
  const dueAt = tryDate(values?.rotation_due_at);
  const lastRotatedAt = tryDate(values?.rotated_at);
  return {
    ...(values?.rotate_after_days == null ? {} : { rotateAfterDays: values.rotate_after_days }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(lastRotatedAt === undefined ? {} : { lastRotatedAt }),
  };
}

/** Whether the key stands in the state before and after, and where it comes out. */
export function exportRemarks(change: Credential, kind: Kind, facts: Facts): readonly Remark[] {
  const { before, after } = change;
  const was = before?.export_access_key === true || before?.access_key != null;
  if (after === undefined || kind === 'replace') {
    return was && after?.export_access_key === true ? [{ code: 'export_stays', level: 'look' }] : [];
  }
  const is = after.export_access_key === true;
  if (is && !was) return [{ code: 'export_on', level: 'danger', outputs: facts.outputsOf(change.address) }];
  if (is) return [{ code: 'export_stays', level: 'look' }];
  return was ? [{ code: 'export_off', level: 'look' }] : [];
}
