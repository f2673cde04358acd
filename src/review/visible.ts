// A name as one line that can be seen, and that means nothing to whoever keeps the log.

import { visible as shown } from '../visible.ts';

/** Commands to a CI system that it finds anywhere in a line of its log: `##vso[…]`, `##[…]`, `##teamcity[…]`. */
const LOG_COMMAND = /##(?=\w*\[)/gu;

const BREAKS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line, each character of which can be seen, and none of which is a command to whoever keeps the log. */
export function visible(text: string): string {
  const line = text.replace(/[\n\r\t]/gu, (character) => BREAKS[character] ?? '');
  return shown(line).replace(LOG_COMMAND, '#\\u0023');
}
