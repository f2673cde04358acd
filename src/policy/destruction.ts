// How much may be destroyed: limits that the reconciler holds each run and each day to, and the times at which it may.
// They stand in the same file as the rules of the review, so that one reviewed file says both.

export interface DestructionLimit {
  /** How many objects of the kind one run may end. */
  readonly perRun: number | undefined;
  /** How many within 24 hours, whatever the number of runs: small steps add up. */
  readonly perDay: number | undefined;
  /** Which share of all objects of the kind one run may end, 0 to 1. */
  readonly share: number | undefined;
  /** With fewer objects than this the share says nothing. */
  readonly floor: number | undefined;
}

export interface DestructionWindow {
  readonly effect: 'allow' | 'deny';
  readonly days: readonly string[] | undefined;
  /** `09:00-16:00`, on quarters of an hour, as in the windows of rotations. */
  readonly hours: string | undefined;
  readonly timeZone: string;
  /** `2026-12-24`, or `2026-12-20/2027-01-06`. */
  readonly dates: readonly string[] | undefined;
}

export interface DestructionPolicy {
  readonly limits: Readonly<
    Record<'team' | 'service_account', Readonly<Record<'delete' | 'replace', DestructionLimit>>>
  >;
  /** Of a team: whether its people and keys count as its content, so that it is not deleted while it has some. */
  readonly contentOfTeams: 'count' | 'ignore';
  readonly windows: readonly DestructionWindow[];
}

const count = (description: string) => ({ type: 'integer', minimum: 0, description });

const limit = {
  type: 'object',
  additionalProperties: false,
  properties: {
    per_run: count('How many objects of the kind one run may end.'),
    per_day: count('How many within 24 hours, whatever the number of runs.'),
    share: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'Which share of all objects of the kind one run may end.',
    },
    floor: count('With fewer objects than this the share says nothing.'),
  },
} as const;

const limits = {
  type: 'object',
  additionalProperties: false,
  properties: { delete: limit, replace: limit },
} as const;

const date = '\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])';
const time = '([01]\\d|2[0-4]):(00|15|30|45)';

export const destructionSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'How much the reconciler may destroy, and when.',
  properties: {
    team: limits,
    service_account: limits,
    content_of_teams: {
      enum: ['count', 'ignore'],
      default: 'count',
      description: 'Whether a team that still has people or keys may be deleted.',
    },
    windows: {
      type: 'array',
      description:
        'When something may be destroyed. A "deny" that is open wins; without any "allow" every time is one.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['effect'],
        properties: {
          effect: { enum: ['allow', 'deny'] },
          days: { type: 'array', items: { enum: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] } },
          hours: { type: 'string', pattern: `^${time}-${time}$` },
          time_zone: { type: 'string', minLength: 1, default: 'UTC' },
          dates: { type: 'array', items: { type: 'string', pattern: `^${date}(/${date})?$` } },
        },
      },
    },
  },
} as const;

type Json = Readonly<Record<string, unknown>>;

/** From the section of a file, checked by its schema already. What it does not say is no limit. */
export function readDestruction(json: Json): DestructionPolicy {
  const kind = (name: string) => ({
    delete: limitOf(member(member(json, name), 'delete')),
    replace: limitOf(member(member(json, name), 'replace')),
  });
  const windows = Array.isArray(json.windows) ? json.windows : [];
  return {
    limits: { team: kind('team'), service_account: kind('service_account') },
    contentOfTeams: json.content_of_teams === 'ignore' ? 'ignore' : 'count',
    windows: windows.map(windowOf),
  };
}

function member(json: Json, name: string): Json {
  const value = json[name];
  // The schema allows objects only.
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function limitOf({ per_run, per_day, share, floor }: Json): DestructionLimit {
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  return { perRun: number(per_run), perDay: number(per_day), share: number(share), floor: number(floor) };
}

function windowOf({ effect, days, hours, time_zone, dates }: Json): DestructionWindow {
  const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : undefined);
  return {
    effect: effect === 'deny' ? 'deny' : 'allow',
    days: texts(days),
    hours: typeof hours === 'string' ? hours : undefined,
    timeZone: typeof time_zone === 'string' ? time_zone : 'UTC',
    dates: texts(dates),
  };
}
