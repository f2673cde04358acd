import type { ProviderFunction } from '../../lifecycle/provider-definition.ts';
import { numberType, stringType } from '../../schema/type.ts';
import { dueAt, isMoment } from '../access-key/index.ts';
import { textAt, username, wrong } from './arguments.ts';

const RFC3339 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/u;

export const rotationDueAt: ProviderFunction = {
  name: 'rotation_due_at',
  summary: 'When a key is due',
  description:
    'The date on which `browserstack_access_key` would call a key due, without a window: so many days after the given date, earlier by the jitter of the account. Reads no clock.',
  parameters: [
    username,
    { name: 'since', type: stringType, description: 'Date of the key (RFC 3339, or a date alone).' },
    { name: 'rotate_after_days', type: numberType, description: 'Longest age in days, 1 to 3650.' },
    { name: 'jitter_days', type: numberType, description: 'Up to so many days earlier; 0 for none.' },
  ],
  returns: stringType,
  call: (args) => {
    const since = textAt(args, 1);
    const base = new Date(since);
    if (!RFC3339.test(since) || !isMoment(since))
      throw wrong(1, `"${since}" is no date such as 2026-01-31 or 2026-01-31T12:00:00Z.`);
    const [, , rotateAfterDays, jitterDays] = args;
    if (typeof rotateAfterDays !== 'number' || !(rotateAfterDays >= 1 && rotateAfterDays <= 3650))
      throw wrong(2, 'Must be between 1 and 3650.');
    if (typeof jitterDays !== 'number' || !(jitterDays >= 0 && jitterDays <= rotateAfterDays / 2))
      throw wrong(3, 'Must be between 0 and half of rotate_after_days.');
    const schedule = { rotateAfterDays, jitterDays, minimumAgeDays: 0, window: undefined };
    const due = dueAt(textAt(args, 0), { base, rotatedAt: undefined, overdue: false }, schedule);
    return due?.toISOString() ?? null;
  },
};
