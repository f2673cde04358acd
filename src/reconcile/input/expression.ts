// The part of Terraform's expression language that says what is known: literals, lists, objects, strings with
// templates, references, `toset`. Everything else is reported, never guessed at.

/** A step into a value: an attribute, or what stands in brackets. */
export type Step = string | { readonly index: string | number };

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'set'; readonly of: Expression }
  | Reference;

/** `browserstack_team.payments.name`, `var.names["a"]`, `each.value`. */
export interface Reference {
  readonly kind: 'reference';
  readonly root: string;
  readonly steps: readonly Step[];
  /** As written, for messages. */
  readonly text: string;
}

/** More of Terraform's language than can be evaluated without Terraform. */
export class Unsupported extends Error {
  readonly expression: string;

  constructor(expression: string) {
    super(`cannot be evaluated: ${expression}`);
    this.expression = expression;
  }
}

/** Every reference in it, however deep. */
export function referencesOf(expression: Expression): readonly Reference[] {
  switch (expression.kind) {
    case 'literal':
      return [];
    case 'reference':
      return [expression];
    case 'template':
      return expression.parts.flatMap(referencesOf);
    case 'list':
      return expression.items.flatMap(referencesOf);
    case 'object':
      return expression.entries.flatMap(([key, value]) => [...referencesOf(key), ...referencesOf(value)]);
    case 'set':
      return referencesOf(expression.of);
  }
}

/** The address of the resource that a reference is about, and what comes after it. */
export function addressIn({ root, steps: [name, next, ...rest] }: Reference): {
  readonly address: string;
  readonly rest: readonly Step[];
} {
  const block = `${root}.${typeof name === 'string' ? name : ''}`;
  if (typeof next === 'object') return { address: `${block}[${JSON.stringify(next.index)}]`, rest };
  return { address: block, rest: next === undefined ? rest : [next, ...rest] };
}
