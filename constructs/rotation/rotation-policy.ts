import type { Duration } from '../duration';
import type { AccessKeyConfig } from '../generated/access-key';
import { literal, literalList } from '../synthesis/literal';
import type { Weekday } from './weekday';

/** When a key that is due may be rotated. */
export interface RotationWindow {
  /**
   * Days on which it opens.
   * @default - every day
   */
  readonly days?: Weekday[];

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

/** How old a key counts that is there already. BrowserStack tells no dates. */
export class AdoptedKeyAge {
  /** From the day of its adoption. */
  public static readonly NEW = new AdoptedKeyAge('new');

  /** Old enough to be rotated at the next opportunity. */
  public static readonly DUE = new AdoptedKeyAge('due');

  /** From a date, such as "2026-01-31". */
  public static since(date: string): AdoptedKeyAge {
    return new AdoptedKeyAge(literal(date));
  }

  /** As Terraform is told. */
  public readonly value: string;

  private constructor(value: string) {
    this.value = value;
  }
}

interface Terms {
  readonly maxAge?: Duration;
  readonly spread?: Duration;
  readonly minimumAge?: Duration;
  readonly window?: RotationWindow;
  readonly adoptedKeyAge?: AdoptedKeyAge;
}

/**
 * When keys are rotated. Setting, changing or taking away a policy rotates nothing by itself. Each method gives another
 * policy and leaves this one as it is.
 */
export class RotationPolicy {
  /** No key gets older than this. */
  public static every(maxAge: Duration): RotationPolicy {
    return new RotationPolicy({ maxAge });
  }

  /** No age makes a key due: it is rotated when one of its triggers changes. */
  public static onDemand(): RotationPolicy {
    return new RotationPolicy({});
  }

  private readonly terms: Terms;

  private constructor(terms: Terms) {
    this.terms = terms;
  }

  /** Makes each account due up to so much earlier, always the same, to spread a fleet. At most half of the age. */
  public jitter(spread: Duration): RotationPolicy {
    return new RotationPolicy({ ...this.terms, spread });
  }

  /** Rotates keys that are due in this window only. A changed trigger does not wait. */
  public within(window: RotationWindow): RotationPolicy {
    return new RotationPolicy({ ...this.terms, window });
  }

  /** A younger key is not rotated, whatever changes. */
  public keepAtLeast(minimumAge: Duration): RotationPolicy {
    return new RotationPolicy({ ...this.terms, minimumAge });
  }

  /** How old a key counts that is there already when it is adopted; `AdoptedKeyAge.NEW` when not said. */
  public adoptedAs(adoptedKeyAge: AdoptedKeyAge): RotationPolicy {
    return new RotationPolicy({ ...this.terms, adoptedKeyAge });
  }

  /** Longest age of a key; undefined: no age is too old. */
  public get maxAge(): Duration | undefined {
    return this.terms.maxAge;
  }

  /** How much earlier a key may be due; undefined: none. */
  public get spread(): Duration | undefined {
    return this.terms.spread;
  }

  /** Age below which nothing is rotated; undefined: none. */
  public get minimumAge(): Duration | undefined {
    return this.terms.minimumAge;
  }

  /** When keys that are due may be rotated; undefined: at any time. */
  public get window(): RotationWindow | undefined {
    return this.terms.window;
  }

  /** How old an adopted key counts; undefined: as new. */
  public get adoptedKeyAge(): AdoptedKeyAge | undefined {
    return this.terms.adoptedKeyAge;
  }
}

/** The policy as the attributes of a resource that rotates. */
export function policyAttributes(policy: RotationPolicy | undefined): Omit<AccessKeyConfig, 'username'> {
  const { maxAge, spread, minimumAge, window, adoptedKeyAge } = policy ?? {};
  return {
    rotateAfterDays: maxAge?.toDays(),
    jitterDays: spread?.toDays(),
    minimumAgeDays: minimumAge?.toDays(),
    window: window && {
      days: window.days?.map(({ abbreviation }) => abbreviation),
      hours: window.hours && literal(window.hours),
      timeZone: window.timeZone && literal(window.timeZone),
      blackoutDates: window.blackoutDates && literalList(window.blackoutDates),
    },
    adoptedKeyAge: adoptedKeyAge?.value,
  };
}
