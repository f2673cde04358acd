// What a rotation says that did not end well: what happened to the key, and the way out.

import { Problem } from '../../../errors.ts';
import type { ListedKey } from './key-lookup.ts';

/** The key as it was before the rotation. */
export interface Before extends ListedKey {
  /** The list does not show it. */
  readonly hidden: boolean;
  /** How to go on after an unclear end without rotating twice. */
  readonly again: string;
}

/** Rotated for certain, but the new key was never seen and nothing shows it. */
export class KeyLost extends Problem {}

export function lost({ identifier, credentials, hidden }: Before, cause: Problem): KeyLost {
  const wayOut = hidden
    ? `Get a new key for it in the BrowserStack console (or from Support), give it as current_access_key and apply: it is adopted, nothing is rotated.`
    : 'The list still shows the old key: plan again in a minute; as soon as it shows the new one, it is adopted and nothing is rotated.';
  return new KeyLost({
    code: 'unclear_outcome',
    diagnostic: 'key_lost',
    summary: `The access key of "${identifier}" was rotated, and its new key is not known`,
    detail: `${cause.detail} The old key of ${credentials.username} is dead. ${wayOut} See the guide "Runbook: lost key".`,
    cause,
  });
}

/** Rotated or not: as far as can be seen it was not, but nothing proves it. */
export class MayBeRotated extends Problem {}

/** Neither the list nor the old key says anything. */
export function notKnown(before: Before, cause: Problem): MayBeRotated {
  const { identifier, credentials, hidden, again } = before;
  const list = hidden ? '' : `The list does not show a new key of ${credentials.username}. `;
  return new MayBeRotated({
    code: 'unclear_outcome',
    summary: `It is not known whether the access key of "${identifier}" was rotated`,
    detail: `${cause.detail} ${list}Whether the old one still works cannot be told. ${again}`,
    cause,
  });
}

/** The list shows the old key, and it works: it was not carried out, unless the service is still at it. */
export function notSeenRotated({ identifier, credentials, again }: Before, cause: Problem): MayBeRotated {
  return new MayBeRotated({
    code: 'unclear_outcome',
    diagnostic: 'not_rotated',
    summary: `The access key of "${identifier}" was not rotated, as far as can be seen`,
    detail: `${cause.detail} The old key of ${credentials.username} still works. ${again}`,
    cause,
  });
}

/** Another key is listed than was planned with, and nobody can tell whether it works. */
export function untried({ credentials: { username } }: ListedKey): Problem {
  return new Problem({
    code: 'stale',
    diagnostic: 'key_not_tried',
    summary: `The list shows another key of ${username}, which cannot be tried`,
    detail:
      'Either it was rotated elsewhere, or the list of service accounts lags behind; BrowserStack does not say whether the key works. This run rotated nothing.',
  });
}

export function outdated({ credentials: { username } }: ListedKey, cause?: Problem): Problem {
  return new Problem({
    code: 'stale',
    diagnostic: 'list_lags',
    summary: `The list shows a dead key of ${username}`,
    detail:
      'It was rotated a moment ago, and the list of service accounts lags behind. This run rotated nothing; run again in a minute. (If it stays so: can the account use Automate at all?)',
    cause,
  });
}

/** A bug, ours or a library's, at the worst moment: nobody knows what was sent. */
export function unforeseen(cause: unknown): Problem {
  return new Problem({
    code: 'unclear_outcome',
    summary: 'The rotation ended in an unexpected error',
    detail: `${cause instanceof Error ? cause.message : String(cause)}.`,
    cause,
  });
}

/** Turned away before it could have an effect. */
export function notRotated({ identifier, credentials }: ListedKey, cause: Problem): Problem {
  return new Problem({
    code: cause.code,
    diagnostic: 'not_rotated',
    summary: `The access key of "${identifier}" was not rotated`,
    detail: `${cause.detail} The key of ${credentials.username} is as it was.`,
    cause,
  });
}
