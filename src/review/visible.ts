// Characters that a reader cannot see, or that change how the ones around them are read, are written out: control
// characters, directions, zero widths, line separators, and lone halves of surrogate pairs.

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Commands to a CI system that it finds anywhere in a line of its log: `##vso[…]`, `##[…]`, `##teamcity[…]`. */
const LOG_COMMAND = /##(?=\w*\[)/gu;

/** One line, each character of which can be seen, and none of which is a command to whoever keeps the log. */
export function visible(text: string): string {
  const seen = text.replace(
    INVISIBLE,
    (character) => ESCAPES[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return seen.replace(LOG_COMMAND, '#\\u{23}');
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
