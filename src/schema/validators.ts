import { type AttributePath, Problem } from '../errors.ts';
import type { Validator } from './attribute.ts';

const invalid = (summary: string, detail: string, path: AttributePath) =>
  new Problem({ code: 'invalid_input', summary, detail, path });

/** Length in characters as a person counts them, both ends included. */
export function lengthBetween(min: number, max: number): Validator<string> {
  return (value, path) => {
    const length = [...value].length;
    if (length >= min && length <= max) return undefined;
    const range = max === Infinity ? `at least ${min}` : `${min} to ${max}`;
    return invalid('Wrong length', `Must have ${range} characters, has ${length}.`, path);
  };
}

/** `rule` completes the sentence "Must …". */
export function matching(pattern: RegExp, rule: string): Validator<string> {
  return (value, path) => (pattern.test(value) ? undefined : invalid('Invalid value', `Must ${rule}.`, path));
}

export function oneOf(...allowed: readonly string[]): Validator<string> {
  return (value, path) =>
    allowed.includes(value)
      ? undefined
      : invalid('Invalid value', `Must be one of ${allowed.map((one) => `"${one}"`).join(', ')}.`, path);
}

export function between(min: number, max: number): Validator<number> {
  return (value, path) =>
    value >= min && value <= max
      ? undefined
      : invalid('Out of range', `Must be between ${min} and ${max}, is ${value}.`, path);
}

export const httpUrl: Validator<string> = (value, path) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return undefined;
  return invalid('Not a URL', 'Must be an http:// or https:// URL.', path);
};
