import { Decimal } from '../../schema/value.ts';
import { unsendable } from './fault.ts';
import type { MsgpackWriter } from './msgpack-writer.ts';
import { canonicalDecimal, isSubnormal, LARGEST_EXPONENT, numberText } from './numbers.ts';

/** Integers as integers, the infinities and subnormals as doubles, all else as decimal text, which is exact. NaN crashes Terraform. */
export function writeNumber(writer: MsgpackWriter, value: unknown): void {
  if (value instanceof Decimal) writer.string(decimalText(value));
  else if (typeof value !== 'number') throw unsendable(`Expected a number, got ${typeof value}.`);
  else if (Number.isNaN(value)) throw unsendable('NaN is no number of Terraform.');
  else if (Number.isSafeInteger(value))
    // Digits as the state file has them: another way to write it (12e1) may differ inside as well.
    writer.textNumbers ? writer.string(String(value)) : writer.integer(value);
  else if (Number.isFinite(value) && !isSubnormal(value)) writer.string(numberText(value));
  else writer.double(value);
}

function decimalText({ text }: Decimal): string {
  const canonical = canonicalDecimal(text);
  if (canonical === undefined) throw unsendable('A decimal is not written as one.');
  const exponent = Number(/e(.+)$/.exec(canonical)?.[1] ?? 0);
  if (Math.abs(exponent) > LARGEST_EXPONENT) throw unsendable('A decimal has too large an exponent.');
  return canonical;
}
