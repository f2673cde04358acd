import { randomInt } from 'node:crypto';
import colors from 'picocolors';
import { visible } from '../../visible.ts';
import type { Machine } from '../machine.ts';

export type Palette = ReturnType<typeof colors.createColors>;

/** Colours where a person looks: on a terminal, unless NO_COLOR says otherwise; FORCE_COLOR wins. */
export function paletteOf(
  { isTTY, surroundings: { env } }: Machine,
  output: keyof Machine['isTTY'] = 'stdout',
): Palette {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const coloured = forced || (isTTY[output] && !env.NO_COLOR && env.TERM !== 'dumb');
  return coloured ? markedColors() : colors.createColors(false);
}

/**
 * Stands in each escape sequence of ours, as numbers that programs which measure texts skip: what comes from outside
 * cannot know it, so that only our own sequences reach a terminal.
 */
const MARK = `;${randomInt(1000, 10_000)};${randomInt(1000, 10_000)}`;

function markedColors(): Palette {
  const plain = colors.createColors(true);
  const marked = Object.entries(plain).map(([name, format]) => {
    if (typeof format !== 'function') return [name, format];
    const [open = '', close = ''] = format('|')
      .split('|')
      .map((code: string) => code.replace('m', `${MARK}m`));
    // Inside another colour the outer one goes on after the inner one's end.
    return [
      name,
      (text: string | number | null | undefined) => open + String(text).replaceAll(close, open) + close,
    ];
  });
  // The same names, each with a function of the same form.
  return Object.fromEntries(marked) as Palette;
}

/** What a terminal is given: our own colours, and of everything else what can be seen. */
export function shown(text: string): string {
  return text
    .split(new RegExp(`\x1b\\[(\\d+)${MARK}m`, 'u'))
    .map((part, index) => (index % 2 === 0 ? visible(part) : `\x1b[${part}m`))
    .join('');
}

/** A name from outside, in quotes, harmless for a terminal: control and direction characters are written out. */
export function quoted(text: string): string {
  return visible(JSON.stringify(text));
}
