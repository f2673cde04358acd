import type { Cause } from '../../change.ts';
import { tryDate } from '../../plan/json.ts';
import type { Credential } from '../../plan/resource-change.ts';
import { changedTriggers } from './schedule.ts';

const DAY = 86_400_000;

const CODES: Readonly<Record<string, Cause['code']>> = {
  trigger: 'trigger',
  age: 'age',
  external: 'external',
  replace_requested: 'request',
};

/** Why it rotates, in a closed word: the provider's own where it says one, else from what changes. */
export function rotationCause(change: Credential, now: Date | undefined): Cause {
  const { before, after } = change;
  const triggers = changedTriggers(change);
  const dueAt = tryDate(before?.rotation_due_at);
  const isDue = before?.rotation_status === 'due' || before?.rotation_status === 'waiting';
  const told = CODES[after?.rotation_cause ?? ''];
  const code =
    told ??
    (triggers.length > 0
      ? 'trigger'
      : isDue
        ? 'age'
        : before?.rotation_status === 'changed_elsewhere'
          ? 'external'
          : 'unknown');
  const overdue =
    dueAt !== undefined && now !== undefined
      ? Math.floor((now.getTime() - dueAt.getTime()) / DAY)
      : undefined;
  return {
    code,
    attributes: triggers.length > 0 ? ['triggers'] : [],
    triggers,
    ...(isDue && dueAt !== undefined ? { dueAt } : {}),
    ...(isDue && overdue !== undefined && overdue >= 0 ? { overdueDays: overdue } : {}),
  };
}
