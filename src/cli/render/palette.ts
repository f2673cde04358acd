import colors from 'picocolors';
import type { Machine } from '../machine.ts';

export type Palette = ReturnType<typeof colors.createColors>;

/** Colours where a person looks: on a terminal, unless NO_COLOR says otherwise; FORCE_COLOR wins. */
export function paletteOf(
  { isTTY, surroundings: { env } }: Machine,
  output: keyof Machine['isTTY'] = 'stdout',
): Palette {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  return colors.createColors(forced || (isTTY[output] && !env.NO_COLOR && env.TERM !== 'dumb'));
}

/** A name from outside, in quotes, harmless for a terminal: control and direction characters are written out. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
