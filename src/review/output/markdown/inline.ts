// From phrases to Markdown in which no name does anything: each stands in a code span, where no link, mention,
// reference, image or tag is made.

import { type Phrase, written } from '../../phrase.ts';
import { visible } from '../../visible.ts';

/** Longer names are cut: a row stays a row. */
const LONGEST = 160;

/** In a table a pipe ends the cell, also inside a code span. */
export type Where = 'text' | 'cell';

export function markdown(phrase: Phrase, where: Where): string {
  return written(phrase, {
    text: (text) => ownWords(text),
    name: (name) => codeSpan(cut(name), where),
    command: (command) => codeSpan(command, where),
    strong: (inner) => `**${inner}**`,
  });
}

/** A fence longer than any run of back-ticks inside, and a space where it would touch one. */
export function codeSpan(text: string, where: Where): string {
  const seen = visible(text);
  const runs = seen.match(/`+/gu) ?? [];
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map(({ length }) => length)));
  const padded = /^[`\s]|[`\s]$/u.test(seen) || seen === '' ? ` ${seen} ` : seen;
  return `${fence}${where === 'cell' ? padded.replaceAll('|', '\\|') : padded}${fence}`;
}

/** Our own words: names of attributes and options stand out, and lose the meaning of their underscores. */
function ownWords(text: string): string {
  return text.replace(
    /\b[a-z]+(?:_[a-z0-9]+)+\b(?: = (?:"[a-z_]+"|true|false|\d+))?|(?<=^|[\s:])--?[a-z][a-z-]+\b/gu,
    '`$&`',
  );
}

function cut(name: string): string {
  const characters = [...name];
  return characters.length <= LONGEST ? name : `${characters.slice(0, LONGEST).join('')}…`;
}
