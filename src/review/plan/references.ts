// What an expression of the configuration refers to, as `terraform show -json` lists it: texts such as
// `browserstack_access_key.ci.generation`, `module.deliver.done`, `each.value`, `local.keys`.

import { isObject } from './json.ts';

/** One reference, taken apart. */
export type Reference =
  | {
      readonly kind: 'object';
      /** `managed` objects only; data sources have no key. */
      readonly mode: 'managed' | 'ephemeral';
      readonly type: string;
      readonly name: string;
      /** Absent when the whole object is meant, or one chosen at run time. */
      readonly attribute: string | undefined;
    }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'module'; readonly name: string; readonly output: string | undefined }
  | { readonly kind: 'each' }
  /** Terraform does not tell what a local value is made of. */
  | { readonly kind: 'local' };

/** All references below an expression or a block of them. Never looks at a value. */
export function referencesIn(expressions: unknown): readonly string[] {
  const found = new Set<string>();
  const open = [expressions];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) open.push(...next);
    else if (isObject(next))
      for (const [name, part] of Object.entries(next)) {
        if (name === 'references') for (const one of Array.isArray(part) ? part : []) keep(one, found);
        else if (name !== 'constant_value') open.push(part);
      }
  }
  return [...found];
}

function keep(reference: unknown, found: Set<string>): void {
  if (typeof reference === 'string') found.add(reference);
}

/** `undefined` for what leads to no object: functions of the engine, `path`, `count`, data sources. */
export function tryReference(text: string): Reference | undefined {
  const [head = '', second, third] = stepsOf(text);
  switch (head) {
    case 'var':
      return second === undefined ? undefined : { kind: 'variable', name: second };
    case 'module':
      return second === undefined ? undefined : { kind: 'module', name: second, output: third };
    case 'each':
      return { kind: 'each' };
    case 'local':
      return { kind: 'local' };
    case 'ephemeral': {
      const [, type, name, attribute] = stepsOf(text);
      return type && name ? { kind: 'object', mode: 'ephemeral', type, name, attribute } : undefined;
    }
    case 'data':
    case 'path':
    case 'count':
    case 'self':
    case 'terraform':
      return undefined;
    default:
      return second === undefined
        ? undefined
        : { kind: 'object', mode: 'managed', type: head, name: second, attribute: third };
  }
}

/** `a.b["x.y"].c` has the steps a, b, c. */
function stepsOf(text: string): readonly string[] {
  return text.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/gu, '').split('.');
}
