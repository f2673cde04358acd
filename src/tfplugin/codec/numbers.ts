import { Decimal, type NumberValue } from '../../schema/value.ts';

// Terraform's numbers are decimals of up to 512 bits, and two are equal when their shortest decimal texts are. So a
// JavaScript number is "exact" when its own shortest text says the same, and an integer only where 2^53 allows it.

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,10}))?$/;
/** Longer plain texts are written with an exponent, so that `1e99999` stays short. */
const LONGEST_PLAIN = 1200;
/** Beyond this an engine would spend minutes on one number. */
export const LARGEST_EXPONENT = 100_000;

/** Smaller doubles have fewer digits, and engines count as if they had all of them: their shortest text is another. */
const SMALLEST_NORMAL = 2 ** -1022;

/** Whether only the double itself, no decimal text, says the same to an engine. */
export function isSubnormal(number: number): boolean {
  return number !== 0 && Math.abs(number) < SMALLEST_NORMAL;
}

/** The value of a decimal text; `undefined` when it is none. */
export function numberFromText(text: string): NumberValue | undefined {
  const canonical = canonicalDecimal(text);
  if (canonical === undefined) return undefined;
  const number = Number(canonical);
  if (Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number))
    if (numberText(number) === canonical && !isSubnormal(number)) return number;
  return new Decimal(canonical);
}

/** The value of a 64-bit integer. */
export function numberFromBigInt(integer: bigint): NumberValue {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : new Decimal(integer.toString());
}

/** The value of a double: what it holds exactly if it is an integer, else its shortest decimal text. */
export function numberFromDouble(double: number): NumberValue {
  if (Object.is(double, -0)) return 0;
  if (!Number.isInteger(double) || Number.isSafeInteger(double)) return double;
  return new Decimal(BigInt(double).toString());
}

/** The exact decimal text of a finite JavaScript number, without an exponent where that is short enough. */
export function numberText(number: number): string {
  if (Number.isInteger(number) && !Number.isSafeInteger(number))
    return canonicalDecimal(BigInt(number).toString()) ?? String(number);
  if (Number.isInteger(number)) return String(number === 0 ? 0 : number);
  return canonicalDecimal(String(number)) ?? String(number);
}

/** One text per number: no leading or trailing zeros, no `-0`, an exponent only for giants. */
export function canonicalDecimal(text: string): string | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const digits = stripZeros(whole + fraction);
  if (digits.text === '') return '0';
  const exponent = Number(exponentText) - fraction.length + digits.trailing;
  return sign + (plain(digits.text, exponent) ?? scientific(digits.text, exponent));
}

function plain(digits: string, exponent: number): string | undefined {
  if (Math.abs(exponent) + digits.length > LONGEST_PLAIN && exponent !== 0) return undefined;
  if (exponent >= 0) return digits + '0'.repeat(exponent);
  const point = digits.length + exponent;
  if (point > 0) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  return `0.${'0'.repeat(-point)}${digits}`;
}

function scientific(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${digits[0]}${fraction}e${exponent + digits.length - 1}`;
}

/** By index, not by a regular expression: those take quadratic time on a million zeros. */
function stripZeros(digits: string): { readonly text: string; readonly trailing: number } {
  let start = 0;
  let end = digits.length;
  while (start < end && digits[start] === '0') start++;
  while (end > start && digits[end - 1] === '0') end--;
  return { text: digits.slice(start, end), trailing: digits.length - end };
}
