/**
 * What a terminal obeys or hides instead of showing: control and escape characters (all but line ends and tabulators),
 * directions, zero widths, tags, other breaks of lines, halves of surrogate pairs, letters without a shape.
 */
const HIDDEN =
  /(?![\n\t]|\r\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115F\u1160\u2800\u3164\uFFA0]|\u034F|[\u{E0100}-\u{E01EF}]/gu;

/**
 * A text with every hidden character written out, `\u202e` for one that turns the direction: nothing that comes from
 * outside may clear a screen, colour a line, or look like what it is not. In JSON, HCL and JavaScript strings these are
 * the same values as before.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, (hidden) =>
    // Units, not characters: JSON knows no other form.
    Array.from({ length: hidden.length }, (_, at) => {
      const unit = hidden.charCodeAt(at);
      return `\\u${unit.toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
