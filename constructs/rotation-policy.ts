import type { AccessKeyConfig } from './generated/access-key';
import { literal, literalList, literals } from './literal';

/** When a key that is due may be rotated. */
export interface RotationWindow {
  /**
   * Days on which it opens: mon, tue, wed, thu, fri, sat, sun.
   * @default - every day
   */
  readonly days?: string[];

  /**
   * From and to in local time, on quarters of an hour: "02:00-05:00"; "22:00-04:00" ends on the next day.
   * @default - all day
   */
  readonly hours?: string;

  /**
   * IANA name of the time zone, e.g. "Europe/Berlin".
   * @default - UTC
   */
  readonly timeZone?: string;

  /**
   * Local dates without rotations: "2026-12-24", or from and to "2026-12-20/2027-01-06".
   * @default - none
   */
  readonly blackoutDates?: string[];
}

/** When a key is rotated. Setting, changing or removing any of this rotates nothing by itself. */
export interface RotationPolicy {
  /**
   * Rotates the key when the value of an entry changes. Adding or removing entries never rotates.
   * @default - no triggers
   */
  readonly triggers?: { readonly [name: string]: string };

  /**
   * Longest age of a key, in days of 24 hours.
   * @default - no age is too old
   */
  readonly everyDays?: number;

  /**
   * A key younger than this many days is not rotated, whatever changes.
   * @default - none is too young
   */
  readonly minimumAgeDays?: number;

  /**
   * Makes each account due up to so many days earlier, always the same, to spread a fleet. At most half of `everyDays`.
   * @default 0
   */
  readonly jitterDays?: number;

  /**
   * When a key that is due may be rotated; a changed trigger does not wait.
   * @default - at any time
   */
  readonly window?: RotationWindow;

  /**
   * How old the key is that is there already: "new" (counted from its adoption), "due" or a date such as "2026-01-31".
   * @default "new"
   */
  readonly adoptedKeyAge?: string;

  /**
   * Who uses the key (a pipeline, a repository, a contact): shown where a rotation would reach them.
   * @default - not said
   */
  readonly consumers?: string[];
}

/** The policy as the attributes of a resource that rotates. */
export function policyAttributes(policy: RotationPolicy): Omit<AccessKeyConfig, 'username'> {
  const { triggers, everyDays, window, adoptedKeyAge, consumers } = policy;
  return {
    triggers: triggers && literals(triggers),
    rotateAfterDays: everyDays,
    minimumAgeDays: policy.minimumAgeDays,
    jitterDays: policy.jitterDays,
    window: window && {
      days: window.days && literalList(window.days),
      hours: window.hours && literal(window.hours),
      timeZone: window.timeZone && literal(window.timeZone),
      blackoutDates: window.blackoutDates && literalList(window.blackoutDates),
    },
    adoptedKeyAge: adoptedKeyAge && literal(adoptedKeyAge),
    consumers: consumers && literalList(consumers),
  };
}
