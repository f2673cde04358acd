import { compareNumbers } from '../../schema/number.ts';
import { Decimal, type Unknown, type Value } from '../../schema/value.ts';

/** What was said about an unknown value is a promise too. Returns the one that was broken. */
export function refinementViolation({ refinements }: Unknown, value: Value): string | undefined {
  if (refinements === undefined) return undefined;
  const { notNull, prefix, min, max, minLength, maxLength } = refinements;
  if (value === null) return notNull ? 'not be null, as planned' : undefined;
  if (
    typeof value === 'string' &&
    prefix !== undefined &&
    !value.normalize('NFC').startsWith(prefix.normalize('NFC'))
  )
    return 'start as planned';
  if (typeof value === 'number' || value instanceof Decimal) {
    const low = min === undefined ? 1 : compareNumbers(value, min.value);
    const high = max === undefined ? -1 : compareNumbers(value, max.value);
    if (low < 0 || (low === 0 && !min?.inclusive)) return 'not be less than planned';
    if (high > 0 || (high === 0 && !max?.inclusive)) return 'not be more than planned';
  }
  const length = Array.isArray(value) ? value.length : value instanceof Map ? value.size : undefined;
  if (length !== undefined && length < (minLength ?? 0)) return 'not have fewer elements than planned';
  if (length !== undefined && length > (maxLength ?? Infinity)) return 'not have more elements than planned';
  return undefined;
}
