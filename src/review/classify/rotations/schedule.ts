// What an update of a key or a pair changes about its rotation, besides rotating.

import type { Remark } from '../../change.ts';
import type { Credential } from '../../plan/resource-change.ts';

export function scheduleRemarks({ before, after, unknown }: Credential): readonly Remark[] {
  if (before === undefined || after === undefined) return [];
  const remarks: Remark[] = [];
  if (!unknown.has('rotate_after_days'))
    remarks.push(...ageRemarks(before.rotate_after_days, after.rotate_after_days));
  const added = [...after.triggers.keys()].filter((name) => !before.triggers.has(name));
  const removed = [...before.triggers.keys()].filter((name) => !after.triggers.has(name));
  if (!unknown.has('triggers') && added.length > 0)
    remarks.push({ code: 'triggers_added', level: 'ok', names: added });
  if (!unknown.has('triggers') && removed.length > 0)
    remarks.push({ code: 'triggers_removed', level: 'ok', names: removed });
  const [was, is] = [before.adopted_key_age ?? 'new', after.adopted_key_age ?? 'new'];
  // An import knows no age yet; what it says then is said for the first time.
  if (was !== is && !unknown.has('adopted_key_age'))
    remarks.push({ code: 'age_restated', level: 'look', from: age(was), to: age(is) });
  const [due, dueThen] = [before.rotation_due_at, after.rotation_due_at];
  if (due !== null && dueThen !== null && due !== dueThen && !unknown.has('rotation_due_at'))
    remarks.push({ code: 'due_moved', level: 'ok', from: day(due), to: day(dueThen) });
  return remarks;
}

function ageRemarks(was: number | null, is: number | null): readonly Remark[] {
  if (was === is) return [];
  const words = { from: was === null ? 'never' : `${was} days`, to: is === null ? 'never' : `${is} days` };
  const looser = was !== null && (is === null || is > was);
  return [
    looser
      ? { code: 'schedule_loosened', level: 'look', ...words }
      : { code: 'schedule_tightened', level: 'ok', ...words },
  ];
}

/** Triggers whose values changed: added and removed ones rotate nothing. */
export function changedTriggers({ before, after }: Credential): readonly string[] {
  if (before === undefined || after === undefined) return [];
  return [...after.triggers].flatMap(([name, value]) => {
    const old = before.triggers.get(name);
    return old !== undefined && old !== value ? [name] : [];
  });
}

/** `new`, `due` or a day. */
export function age(text: string): string {
  return text === 'new' || text === 'due' ? text : day(text);
}

/** The day of a date, and nothing else: what stands in a plan is not always a date. */
function day(date: string): string {
  return /^\d{4}-\d{2}-\d{2}/u.exec(date)?.[0] ?? 'an unknown date';
}
