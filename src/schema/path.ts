import type { AttributePath } from '../errors.ts';
import type { Type } from './type.ts';
import { isObjectValue, isUnknown, type Value } from './value.ts';

/** As a person would write it in a configuration: `rule[0].ports["http"]`. */
export function pathText(path: AttributePath): string {
  if (path.length === 0) return '(the whole object)';
  return path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return typeof step === 'string' ? `.${step}` : `[${JSON.stringify(step.key)}]`;
    })
    .join('')
    .replace(/^\./u, '');
}

/** What stands at the path; undefined when there is nothing such. Inside something unknown everything is unknown. */
export function valueAt(value: Value | undefined, path: AttributePath): Value | undefined {
  let current = value;
  for (const step of path) {
    if (isUnknown(current)) return current;
    if (current === undefined || current === null) return undefined;
    if (typeof step === 'number') current = Array.isArray(current) ? current[step] : undefined;
    else if (typeof step === 'string') current = isObjectValue(current) ? current[step] : undefined;
    else current = current instanceof Map ? current.get(step.key) : undefined;
  }
  return current;
}

/**
 * The longest part of the path that an engine can find in a value of this type, and whether that is all of it. Elements
 * of a set cannot be addressed: a path ends at the set.
 */
export function addressable(
  type: Type,
  path: AttributePath,
): { readonly path: AttributePath; readonly complete: boolean } {
  let current: Type = type;
  for (const [index, step] of path.entries()) {
    const next = stepInto(current, step);
    if (next === undefined) return { path: path.slice(0, index), complete: false };
    current = next;
  }
  return { path, complete: true };
}

function stepInto(type: Type, step: AttributePath[number]): Type | undefined {
  if (type.kind === 'dynamic') return type;
  if (typeof step === 'number') {
    if (type.kind === 'tuple') return type.elements[step];
    return type.kind === 'list' ? type.element : undefined;
  }
  if (typeof step !== 'string') return type.kind === 'map' ? type.element : undefined;
  return type.kind === 'object' && Object.hasOwn(type.attributes, step) ? type.attributes[step] : undefined;
}
