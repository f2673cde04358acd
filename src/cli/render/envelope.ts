// The one form of everything that a machine is told: `version`, `ok`, `problems`, and what the command has to say.

import { type Problem, Problems } from '../../errors.ts';
import { pathText } from '../../schema/path.ts';

/** Goes up when a field changes its meaning or goes away; new fields may come at any time. */
export const JSON_VERSION = 2;

/** Names are written like Terraform's: `snake_case`. */
export interface Envelope {
  readonly version: typeof JSON_VERSION;
  readonly ok: boolean;
  readonly problems: readonly ProblemAsJson[];
}

export interface ProblemAsJson {
  readonly code: Problem['code'];
  readonly summary: string;
  readonly detail: string;
  readonly path: string | null;
}

export function envelope<Fields extends object>(
  fields: Fields,
  problems: readonly Problem[] = [],
): Envelope & Fields {
  return {
    version: JSON_VERSION,
    ok: problems.length === 0,
    problems: problems.map(problemAsJson),
    ...fields,
  };
}

export function problemAsJson({ code, summary, detail, path }: Problem): ProblemAsJson {
  return { code, summary, detail, path: path === undefined ? null : pathText(path) };
}

/** One line. */
export function jsonLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** Something was done, and then something went wrong: people and machines are told both. */
export class Incomplete extends Problems {
  readonly fields: object;
  readonly text: string;

  constructor(
    problems: readonly Problem[],
    { fields, text }: { readonly fields: object; readonly text: string },
  ) {
    super(problems);
    this.fields = fields;
    this.text = text;
  }
}
