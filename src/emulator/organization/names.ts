import type { Behaviours } from '../behaviours/index.ts';

/** What is wrong with the name of a person or of something on the hub; undefined when nothing is. */
export function nameProblem(behaviours: Behaviours, what: string, name: string): string | undefined {
  if (/\p{Cc}/u.test(name)) return `${what} contains control characters.`;
  const tooLong = behaviours['name-length'] === '255' && [...name].length > 255;
  return tooLong ? `${what} is too long (maximum is 255 characters).` : undefined;
}
