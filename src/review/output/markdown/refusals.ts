// What the provider or the engine said when it stopped: their own words, in a block in which nothing is Markdown.

import type { Review } from '../../review.ts';
import { visible } from '../../visible.ts';

const WIDTH = 110;
const MOST = 3;

export function refusalBlocks({ refusals }: Review): readonly string[] {
  const shown = refusals.slice(0, MOST).map(({ address, summary, detail }) => {
    const lines = [
      ...(address === undefined ? [] : [visible(address)]),
      ...wrapped(summary),
      ...wrapped(detail),
    ];
    return fenced(lines);
  });
  const more = refusals.length - shown.length;
  return more > 0 ? [...shown, `… and ${more} more.`] : shown;
}

/** A fence longer than any run of back-ticks inside. */
function fenced(lines: readonly string[]): string {
  const runs = lines.join('\n').match(/`+/gu) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** Forges do not wrap lines of a block. */
function wrapped(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of visible(line).split(' ')) {
      if (current !== '' && current.length + word.length >= WIDTH) {
        lines.push(current);
        current = word;
      } else current = current === '' ? word : `${current} ${word}`;
    }
    return current === '' ? lines : [...lines, current];
  });
}
