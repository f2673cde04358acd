// The limits of the API, each said once. Whoever tells people of them takes them from here.

/** How many requests a budget gives. */
export interface RequestLimit {
  /** Requests that may be sent at once from a full budget. */
  readonly burst: number;
  /** Requests per minute after that. */
  readonly perMinute: number;
}

/** [documented] Calls of the account API: 5 at once, then 15 a minute, for the whole organization. */
export const ACCOUNT_MANAGEMENT: RequestLimit = { burst: 5, perMinute: 15 };

/** [documented] Calls of Automate, the rotation call among them [inferred]: so many in so many minutes, for each user. */
export const AUTOMATE_WINDOW = { requests: 1600, minutes: 5 } as const;

export const AUTOMATE: RequestLimit = {
  burst: AUTOMATE_WINDOW.requests,
  perMinute: AUTOMATE_WINDOW.requests / AUTOMATE_WINDOW.minutes,
};

/** "5 at once, then 15 a minute", or "5 requests at once, …". */
export function limitInWords({ burst, perMinute }: RequestLimit, what?: string): string {
  return `${burst}${what === undefined ? '' : ` ${what}`} at once, then ${perMinute} a minute`;
}
