// What could be an access key in any bytes: 20 letters and digits, in clear or as other programs write them.

/** A key as BrowserStack makes it, perhaps after an escape that reads like letters: `\n`, `%3A`, `\u0022`. */
const RUN = /(?<![A-Za-z0-9])[A-Za-z0-9]{20,25}(?![A-Za-z0-9])/gu;
/** `user:key` in an Authorization header, a Secret of Kubernetes, a configuration of Docker. */
const ENCODED = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{27,4096}={0,2}(?![A-Za-z0-9+/=])/gu;

const KEY_LENGTH = 20;

export interface Token {
  /** Perhaps a key: never printed, never kept longer than it takes to look. */
  readonly text: string;
  /** Where it begins. */
  readonly index: number;
}

/** Each place once for each token; a text of one byte a character. */
export function* tokensIn(text: string): Generator<Token> {
  yield* runsIn(text);
  for (const { 0: encoded, index } of text.matchAll(ENCODED)) {
    const decoded = Buffer.from(encoded, 'base64').toString('latin1');
    for (const { text: inside } of runsIn(decoded)) yield { text: inside, index };
  }
}

function* runsIn(text: string): Generator<Token> {
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const extra = run.length - KEY_LENGTH;
    if (extra === 0) yield { text: run, index };
    else if (isEscape(text[index - 1], run.slice(0, extra)))
      yield { text: run.slice(extra), index: index + extra };
  }
}

/** Whether the letters in front of a key belong to the character before them. */
function isEscape(before: string | undefined, letters: string): boolean {
  if (before === '%') return /^[0-9A-Fa-f]{2}$/u.test(letters);
  return before === '\\' && /^(?:[abefnrtv0]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[0-7]{3})$/u.test(letters);
}
