import { Decimal, type NumberValue } from './value.ts';

// At least one digit before the exponent.
const DECIMAL = /^([+-]?)(?=\.?\d)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/iu;

/** The same text for the same decimal value: `1.50`, `15e-1` and the number 1.5 are all `15e-1`. Minus zero is zero. */
export function canonicalNumber(value: NumberValue): string {
  const text = value instanceof Decimal ? value.text : String(value);
  const match = DECIMAL.exec(text);
  if (match === null) return text;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/u, '');
  if (digits === '') return '0';
  const significant = digits.replace(/0+$/u, '');
  const scale = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign === '-' ? '-' : ''}${significant}e${scale}`;
}

/** The text as a JavaScript number where that holds it exactly, else as a `Decimal`; undefined when it is no number. */
export function numberFromText(text: string): NumberValue | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const number = Number(text);
  const exact = Number.isFinite(number) && canonicalNumber(number) === canonicalNumber(new Decimal(text));
  return exact ? number : new Decimal(text);
}

/** Below zero when `a` is less than `b`, zero when they are the same number. */
export function compareNumbers(a: NumberValue, b: NumberValue): number {
  const [left, right] = [canonicalNumber(a), canonicalNumber(b)];
  if (left === right) return 0;
  const [x, y] = [Number(left), Number(right)];
  if (x !== y) return x < y ? -1 : 1;
  // Too close or too large for a double, so of the same sign. The one whose first digit stands higher is farther from 0.
  const sign = left.startsWith('-') ? -1 : 1;
  const [height, otherHeight] = [heightOf(left), heightOf(right)];
  if (height !== otherHeight) return height > otherHeight ? sign : -sign;
  const [scaledLeft, scaledRight] = commonScale(left, right);
  return scaledLeft < scaledRight ? -1 : 1;
}

/** The decimal place of the first digit. */
function heightOf(canonical: string): bigint {
  const [digits = '0', scale = '0'] = canonical.replace(/^-/u, '').split('e');
  return BigInt(digits.length) + BigInt(scale);
}

/** Digit by digit; of numbers of one height the scales differ by no more than the digits they have. */
function commonScale(left: string, right: string): readonly [bigint, bigint] {
  const [leftDigits = '0', leftScale = '0'] = left.split('e');
  const [rightDigits = '0', rightScale = '0'] = right.split('e');
  const [own, other] = [BigInt(leftScale), BigInt(rightScale)];
  const scale = own < other ? own : other;
  return [BigInt(leftDigits) * 10n ** (own - scale), BigInt(rightDigits) * 10n ** (other - scale)];
}
