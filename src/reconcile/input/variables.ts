// Variables: their defaults stand in the stack, their values beside it.

import { Problem } from '../../errors.ts';
import { isJsonObject, type Json } from '../canonical.ts';
import { objectsIn } from './providers.ts';
import type { StackFile } from './stack.ts';

/** Every declared variable that has a value; one without is a problem only where it is needed. */
export function variablesOf(
  files: readonly StackFile[],
  given: ReadonlyMap<string, Json>,
  problems: Problem[],
): ReadonlyMap<string, Json> {
  const declared = new Map<string, Json | undefined>();
  for (const { json } of files)
    for (const block of objectsIn(json.variable))
      for (const [name, body] of Object.entries(block)) {
        const [variable] = objectsIn(body);
        declared.set(name, isJsonObject(variable) ? variable.default : undefined);
      }
  for (const name of given.keys())
    if (!declared.has(name)) problems.push(undeclared(name, [...declared.keys()]));
  const values = [...declared].flatMap(([name, fallback]) => {
    const value = given.has(name) ? given.get(name) : fallback;
    return value === undefined ? [] : [[name, value] as const];
  });
  return new Map(values);
}

function undeclared(name: string, known: readonly string[]): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `The stack has no variable "${name}"`,
    detail: known.length === 0 ? 'It has none.' : `There are ${known.join(', ')}.`,
    path: [`var.${name}`],
  });
}
