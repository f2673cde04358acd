import { type Policy, textFor, textsFor } from '../../policy/policy.ts';
import type { Window } from '../plan/attributes.ts';
import { at, type Check, type Context, type Hit, rowAt } from './check.ts';

const RULE = 'rotation-window';

export const rotationWindow: Check = (context) => {
  const rotating = context.review.changes.filter(({ kind }) => kind === 'rotate' || kind === 'switch');
  const frozen = whyNotNow(context.policy, context.now);
  return rotating.flatMap((change): readonly Hit[] => {
    const window = windowOf(context, change.address);
    const byHand = change.cause.code === 'trigger' || change.cause.code === 'request';
    return [
      ...(window !== undefined && byHand
        ? [
            {
              ...at(change),
              message: ['a changed trigger does not wait for the window: ', { name: windowInWords(window) }],
              fix: ['apply it in its window: ', { name: windowInWords(window) }],
            },
          ]
        : []),
      ...(frozen === undefined ? [] : [{ ...at(change), message: [frozen] }]),
    ];
  });
};

function windowOf(context: Context, address: string): Window | undefined {
  const row = rowAt(context, address);
  if (row?.type !== 'browserstack_access_key' && row?.type !== 'browserstack_credential_pair')
    return undefined;
  return (row.after ?? row.before)?.window ?? undefined;
}

/** Why the policy forbids rotations at this time; `undefined` if it does not. */
function whyNotNow(policy: Policy, now: Date): string | undefined {
  const local = localDay(textFor(policy, RULE, 'time_zone'), now);
  const freeze = textsFor(policy, RULE, 'freezes').find((dates) => {
    const [from = dates, to = from] = dates.split('/');
    return from <= local.date && local.date <= to;
  });
  if (freeze !== undefined) return `the policy freezes rotations on ${freeze.replace('/', ' to ')}`;
  return textsFor(policy, RULE, 'weekdays').includes(local.weekday)
    ? undefined
    : `the policy allows no rotations on this day of the week (${local.weekday})`;
}

function localDay(timeZone: string, now: Date): { readonly date: string; readonly weekday: string } {
  const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short' } as const;
  const parts = new Intl.DateTimeFormat('en-CA', options).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: part('weekday').slice(0, 3).toLowerCase(),
  };
}

function windowInWords({ days, hours, timeZone }: Window): string {
  const when = [days.length === 0 ? 'every day' : days.join(', '), hours ?? 'all day'].join(' ');
  return `${when} ${timeZone ?? 'UTC'}`;
}
