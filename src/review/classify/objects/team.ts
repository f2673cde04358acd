import { type Change, highest, NO_BLAST } from '../../change.ts';
import type { ChangeOf } from '../../plan/resource-change.ts';
import type { Facts } from '../facts.ts';
import { baseOf, commonRemarks, kindOf, levelOf, protectionRemarks } from './object.ts';

export function classifyTeam(change: ChangeOf<'browserstack_team'>, facts: Facts): Change | undefined {
  const { action, before, after } = change;
  const kind = kindOf(change);
  if (kind === undefined) return undefined;
  const name = before?.name ?? after?.name ?? change.address;
  const remarks = [...commonRemarks(change, facts), ...protectionRemarks(before, after)];
  const lives =
    kind === 'replace' && (action === 'forget-and-create' || before?.deletion_policy === 'abandon');
  if (lives) remarks.push({ code: 'former_lives_on', level: 'look' });
  const lost = (kind === 'delete' || kind === 'replace') && !lives;
  return {
    ...baseOf(change, kind, name),
    level: highest([lives ? 'look' : levelOf(kind), ...remarks.map(({ level }) => level)]),
    team: name,
    ...(after?.name != null && after.name !== name ? { newName: after.name } : {}),
    undo: lost ? 'no' : 'yes',
    blast: lost
      ? { ...NO_BLAST, people: before?.user_count ?? 0, parallels: before?.parallels ?? 0 }
      : NO_BLAST,
    remarks,
  };
}
