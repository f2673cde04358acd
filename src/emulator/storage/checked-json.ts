// Files and requests that people write: checked as a whole, every mistake told with its place.

import { Ajv, type ErrorObject } from 'ajv';
import { type AttributePath, Problem } from '../../errors.ts';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, useDefaults: false });

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A check of one schema: every problem of a value, none when it fits. */
export function schemaCheck(schema: JsonSchema): (value: unknown) => Problem[] {
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).filter(isTelling).map(problemOf));
}

/** The value a JSON text stands for; a value that is no text stands for itself. */
export function parseIfText(input: unknown, what: string): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input);
  } catch {
    // The parser's own message quotes the text, and a text may hold keys.
    throw new Problem({
      code: 'invalid_input',
      summary: `The ${what} is not JSON`,
      detail: `${input.length} characters were read; a JSON checker shows where it breaks.`,
    });
  }
}

/** The parts of a union each complain; only the complaint about the union itself tells anything. */
function isTelling({ keyword }: ErrorObject): boolean {
  return keyword !== 'if';
}

function problemOf(error: ErrorObject): Problem {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params.additionalProperty);
    return wrong([...path, name], `Unknown field "${name}"`);
  }
  if (error.keyword === 'required') {
    const name = String(error.params.missingProperty);
    return wrong([...path, name], `Missing field "${name}"`);
  }
  const allowed = error.params.allowedValues;
  const choices = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : '';
  return wrong(path, `${String(path.at(-1) ?? 'The value')} ${error.message ?? 'is wrong'}${choices}`);
}

function wrong(path: AttributePath, summary: string): Problem {
  return new Problem({ code: 'invalid_input', summary, path });
}
