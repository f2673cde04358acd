import { type Cause, type Change, highest, NO_BLAST, type Remark } from '../../change.ts';
import type { ChangeOf } from '../../plan/resource-change.ts';
import type { Facts } from '../facts.ts';
import { baseOf, causeOf, commonRemarks, kindOf, levelOf, protectionRemarks } from './object.ts';

type Row = ChangeOf<'browserstack_service_account'>;

export function classifyAccount(change: Row, facts: Facts): Change | undefined {
  const { action, before, after } = change;
  const kind = kindOf(change);
  if (kind === undefined) return undefined;
  const name = before?.identifier ?? after?.identifier ?? change.address;
  const lives =
    kind === 'replace' && (action === 'forget-and-create' || before?.deletion_policy === 'abandon');
  const remarks = [
    ...commonRemarks(change, facts),
    ...protectionRemarks(before, after),
    ...inPlace(change, kind === 'update'),
  ];
  if (lives) remarks.push({ code: 'former_lives_on', level: 'look' });
  const lost = (kind === 'delete' || kind === 'replace') && !lives;
  const keys = facts.keysOf(change.address);
  const consumers = unique([
    ...(before?.consumers ?? after?.consumers ?? []),
    ...keys.flatMap((key) => key.consumers),
  ]);
  const deliveries = kind === 'replace' ? unique(keys.flatMap((key) => key.deliveries)) : [];
  const silent = deliveries.length > 0 && deliveries.every(({ fires }) => !fires);
  if (lost && silent)
    remarks.push({
      code: 'delivery_silent',
      level: 'danger',
      addresses: deliveries.map(({ address }) => address),
    });
  return {
    ...baseOf(change, kind, name),
    level: highest([lives ? 'look' : levelOf(kind), ...remarks.map(({ level }) => level)]),
    ...(after?.identifier != null && after.identifier !== name ? { newName: after.identifier } : {}),
    identifier: name,
    ...teamOf(change),
    ...(before?.username == null ? {} : { username: before.username }),
    cause: causeOfAccount(change, facts),
    undo: lost ? 'no' : 'yes',
    breaks: lost,
    consumers,
    deliveries,
    blast: lost ? { ...NO_BLAST, accounts: 1, keys: 1 } : NO_BLAST,
    remarks,
  };
}

function teamOf({ before, after, unknown }: Row): { readonly team?: string | null } {
  if (before !== undefined) return { team: before.team };
  if (after === undefined || unknown.has('team')) return {};
  return { team: after.team };
}

/** An account whose team ends in the same plan follows it: the team is what somebody changed. */
function causeOfAccount(change: Row, facts: Facts): Cause {
  const cause = causeOf(change);
  if (cause.code !== 'replace_path' || !change.replacePaths.includes('team')) return cause;
  const team = facts.endingTeam(change.before?.team);
  return team === undefined ? cause : { ...cause, code: 'cascade', follows: team.address };
}

/** Renamed or moved and the same account: its user name stays. */
function inPlace({ before, after, unknown }: Row, updated: boolean): readonly Remark[] {
  if (!updated || before === undefined || after === undefined) return [];
  const remarks: Remark[] = [];
  if (!unknown.has('identifier') && before.identifier !== after.identifier)
    remarks.push({
      code: 'renamed_in_place',
      level: 'look',
      from: before.identifier ?? '',
      to: after.identifier ?? '',
    });
  if (!unknown.has('team') && before.team !== after.team)
    remarks.push({
      code: 'moved_in_place',
      level: 'look',
      from: before.team ?? ORGANIZATION,
      to: after.team ?? ORGANIZATION,
    });
  return remarks;
}

const ORGANIZATION = 'the organization';

function unique<T>(members: readonly T[]): readonly T[] {
  return [...new Set(members)];
}
