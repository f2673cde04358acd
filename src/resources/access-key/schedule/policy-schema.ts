// The attributes that say when a key is rotated, shared by every noun that rotates.

import { attribute } from '../../../schema/attribute.ts';
import { between, matching, oneOf } from '../../../schema/validators.ts';
import { causes } from './cause.ts';
import { blackout, hours, timeZone, weekday } from './policy.ts';

const windowAttributes = {
  days: attribute.strings({
    optional: true,
    validate: [weekday],
    description:
      'Days on which it opens: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`. Every day if absent.',
  }),
  hours: attribute.string({
    optional: true,
    validate: [hours],
    description:
      'From and to in local time, on quarters of an hour, e.g. `02:00-05:00`; `22:00-04:00` ends on the next day. All day if absent.',
  }),
  time_zone: attribute.string({
    optional: true,
    validate: [timeZone],
    description: 'IANA name, e.g. `Europe/Berlin`; `UTC` if absent. Daylight saving is taken into account.',
  }),
  blackout_dates: attribute.strings({
    optional: true,
    validate: [blackout],
    description: 'Local dates without rotations: `2026-12-24`, or from and to `2026-12-20/2027-01-06`.',
  }),
};

export const policyAttributes = {
  triggers: attribute.stringMap({
    optional: true,
    description:
      'A changed value of a key that was there before rotates. Adding or removing a key, or the whole map, never does; a value of null counts as not there.',
  }),
  rotate_after_days: attribute.integer({
    optional: true,
    validate: [between(1, 3650)],
    description:
      'Longest age in days (of 24 hours). Counted from a fixed date, so that a late apply does not shift the next ones. Setting, changing or removing it rotates nothing in that apply.',
  }),
  minimum_age_days: attribute.integer({
    optional: true,
    validate: [between(0, 3650)],
    description:
      'A key younger than this is not rotated, whatever changes: the plan warns and holds the change back until the key is old enough. Stops loops.',
  }),
  jitter_days: attribute.integer({
    optional: true,
    validate: [between(0, 365)],
    description:
      'Makes each account due up to so many days earlier, always the same for the same user name, to spread a fleet that was adopted on one day. At most half of `rotate_after_days`.',
  }),
  window: attribute.single(windowAttributes, {
    optional: true,
    description:
      'When a key that is due may be rotated. A changed trigger does not wait for it: it is a decision of a person.',
  }),
  adopted_key_age: attribute.string({
    optional: true,
    default: 'new',
    validate: [
      matching(
        /^(new|due|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?)$/u,
        'be "new", "due" or a date such as 2026-01-31 or 2026-01-31T12:00:00Z',
      ),
    ],
    description:
      'The service tells no dates, so say how old the adopted key is: `new` (counted from its adoption), `due` (rotate it at the next opportunity) or a date.',
  }),
  consumers: attribute.strings({
    optional: true,
    description:
      'Who uses the key (a pipeline, a repository, a contact). Shown where a rotation or a replacement would reach them.',
  }),
};

export const onExternalRotation = attribute.string({
  optional: true,
  default: 'adopt',
  validate: [oneOf('adopt', 'warn', 'rotate', 'error')],
  description:
    'What to do about a key that somebody else rotated: `adopt` it with a warning, `warn` until this is changed, `rotate` again, or `error`. With `adopt` and `warn` that one rotation also satisfies a trigger that changed, or a key that was due, at the same time; so does a rotation of our own whose result got lost.',
});

export const rotationAttributes = {
  key_version: attribute.integer({
    computed: true,
    description:
      'A number from 1 to 2147483647 that is another one for another user name or key, made from `key_fingerprint`: unknown in a plan exactly when the key will change, however it changes. For `*_wo_version` arguments of the resources that store the key.',
  }),
  generation: attribute.integer({
    computed: true,
    description:
      'Counts the keys seen, from 1, for people. Goes up by one with each rotation, also in the plan. Starts at 1 again for another account or an import, so no version for a store: use `key_version`.',
  }),
  rotated_at: attribute.string({
    computed: true,
    nullable: true,
    description: 'When the key was last rotated (RFC 3339); null while unknown, as for an adopted key.',
  }),
  schedule_base: attribute.string({
    computed: true,
    description: 'The date from which `rotate_after_days` is counted (RFC 3339).',
  }),
  rotation_due_at: attribute.string({
    computed: true,
    nullable: true,
    description:
      'When the key may next be rotated for its age (RFC 3339, in the window); null without `rotate_after_days`.',
  }),
  rotation_reason: attribute.string({
    computed: true,
    nullable: true,
    description:
      'Why the key was (or, in a plan, will be) rotated. Names trigger keys, never their values. Null when nothing was rotated in the last change.',
  }),
  rotation_cause: attribute.string({
    computed: true,
    nullable: true,
    description: `The same as one code: ${inWords(causes)}. Of a rotation that is pending, too.`,
  }),
  rotation_pending: attribute.string({
    computed: true,
    nullable: true,
    description:
      'A rotation that is wanted and does not happen yet: why, and what it waits for. Null when there is none.',
  }),
};

/** Names for people: dashboards show these, and not user names. */
export const nameAttributes = {
  identifier: attribute.string({
    computed: true,
    nullable: true,
    description: 'Identifier of the service account; null where its list cannot be seen.',
  }),
  team: attribute.string({
    computed: true,
    nullable: true,
    description: 'Team of the service account; null for one of the organization.',
  }),
};

function inWords(codes: Readonly<Record<string, string>>): string {
  return Object.entries(codes)
    .map(([code, meaning]) => `\`${code}\` (${meaning})`)
    .join(', ');
}
