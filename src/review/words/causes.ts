// Why something happens, in half a sentence.

import type { Change } from '../change.ts';
import { count, listed, type Phrase, say } from '../phrase.ts';
import { remarkInWords } from './remarks.ts';

/** For the column "why" of what rotates. */
export function whyItRotates({ cause, kind, rotateAfterDays, remarks }: Change): Phrase {
  const { code, triggers, dueAt, overdueDays } = cause;
  const due = dueAt === undefined ? [] : dueWords(dueAt, overdueDays, rotateAfterDays);
  switch (code) {
    case 'trigger': {
      const which =
        triggers.length === 0
          ? ['a trigger']
          : [`trigger${triggers.length === 1 ? '' : 's'} `, ...listed(triggers.map((name) => say`${name}`))];
      if (kind === 'may_rotate' || kind === 'may_switch')
        return [...which, ` ${triggers.length > 1 ? 'are' : 'is'} known only during the apply`];
      return due.length === 0 ? [...which, ' changed'] : [...which, ' changed; ', ...due];
    }
    case 'age':
      return due.length === 0 ? ['it is due'] : due;
    case 'external':
      return kind === 'adopt'
        ? ['somebody rotated it elsewhere']
        : ['somebody rotated it elsewhere, and on_external_rotation = "rotate"'];
    case 'request': {
      const action = remarks.find((remark) => remark.code === 'by_action');
      if (action !== undefined) return remarkInWords(action);
      return ['somebody asked for it: -replace, taint or replace_triggered_by'];
    }
    default:
      return remarks.some(({ code: remark }) => remark === 'rotated_into_nothing')
        ? ['rotate_on_destroy, and it is destroyed']
        : ['the plan does not say why'];
  }
}

function dueWords(dueAt: Date, overdueDays: number | undefined, after: number | undefined): Phrase {
  const overdue =
    overdueDays === undefined || overdueDays === 0 ? '' : `, ${count(overdueDays, 'day')} overdue`;
  const policy = after === undefined ? '' : ` (every ${count(after, 'day')})`;
  return [`due since ${dayOf(dueAt)}${overdue}${policy}`];
}

export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** `2026-11-27 04:36 UTC`. */
export function minuteOf(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  name: 'name',
  identifier: 'identifier',
  team: 'team',
  email: 'e-mail address',
};

/** For the column "because" of the details, and for sentences about what is replaced. */
export function becauseOf({ cause: { code, attributes } }: Change): Phrase {
  switch (code) {
    case 'replace_path':
      return listed(attributes.map((one) => say`${ATTRIBUTES[one] ?? one}`));
    case 'cascade':
      return attributes.length === 0
        ? ['(follows)']
        : [...listed(attributes.map((one) => say`${one}`)), ' (follows)'];
    case 'request':
      return ['requested'];
    case 'trigger':
      return say`triggers`;
    case 'age':
      return ['age'];
    case 'external':
      return ['changed elsewhere'];
    default:
      return [];
  }
}
