// What a schema has against a value, in words for whoever wrote it.

import type { ErrorObject } from 'ajv';
import type { Path } from './located-json.ts';

export interface SchemaError {
  readonly path: Path;
  readonly summary: string;
  readonly detail: string;
}

export function explained(error: ErrorObject): SchemaError {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/u.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
  const name = path.at(-1) ?? 'it';
  const { params, message = 'is not as it should be' } = error;
  switch (error.keyword) {
    case 'additionalProperties': {
      const extra = String(params.additionalProperty);
      const detail = 'Take it away, or see the schema for what there is.';
      return { path: [...path, extra], summary: `There is no "${extra}" here`, detail };
    }
    case 'required': {
      const detail = 'See the schema for what there must be.';
      return { path, summary: `"${String(params.missingProperty)}" is missing`, detail };
    }
    case 'enum': {
      const allowed: readonly unknown[] = Array.isArray(params.allowedValues) ? params.allowedValues : [];
      return {
        path,
        summary: `"${name}" is not one of what there is`,
        detail: `There is ${allowed.join(', ')}.`,
      };
    }
    case 'not':
      return {
        path,
        summary: `"${name}" would match everything`,
        detail: 'A waiver is for one object or a few: name them.',
      };
    default:
      return { path, summary: `"${name}" ${message}`, detail: 'See the schema for what there is.' };
  }
}
