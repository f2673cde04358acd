// What a rotation says that did not end well: what happened to the key, and the way out.

import { Problem } from '../../errors.ts';
import type { ListedKey } from './sight.ts';

/** The key as it was before the rotation; `hidden` when the list does not show it. */
export type Before = ListedKey & { readonly hidden: boolean };

/** Rotated for certain, but the new key was never seen and nothing shows it. */
export class KeyLost extends Problem {}

export function lost({ identifier, credentials, hidden }: Before, cause: Problem): KeyLost {
  const wayOut = hidden
    ? `Get a new key for it in the BrowserStack console (or from Support), give it as current_access_key and apply: it is adopted, nothing is rotated.`
    : 'The list still shows the old key: plan again in a minute; as soon as it shows the new one, it is adopted and nothing is rotated.';
  return new KeyLost({
    code: 'unclear_outcome',
    summary: `The access key of "${identifier}" was rotated, and its new key is not known`,
    detail: `${cause.detail} The old key of ${credentials.username} is dead. ${wayOut} See docs/guides/runbooks/lost-key.md.`,
    cause,
  });
}

export function outdated({ credentials: { username } }: Before, cause?: Problem): Problem {
  return new Problem({
    code: 'stale',
    summary: `The list shows a dead key of ${username}`,
    detail:
      'It was rotated a moment ago, and the list of service accounts lags behind. This run rotated nothing; it is safe to run again in a minute. (If it stays so: can the account use Automate at all?)',
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

export function notRotated({ identifier, credentials }: ListedKey, cause: Problem): Problem {
  return new Problem({
    code: cause.code,
    summary: `The access key of "${identifier}" was not rotated`,
    detail: `${cause.detail} The key of ${credentials.username} is as it was. It is safe to run again.`,
    cause,
  });
}
