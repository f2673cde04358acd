// Terraform's type system (cty), free of any protocol: what a value may look like.

export type Type =
  | { readonly kind: 'string' | 'number' | 'bool' | 'dynamic' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  | {
      readonly kind: 'object';
      readonly attributes: Readonly<Record<string, Type>>;
      /** Names that a configuration may leave out; they decode to null. */
      readonly optional?: readonly string[];
    };

export const stringType: Type = { kind: 'string' };
export const numberType: Type = { kind: 'number' };
export const boolType: Type = { kind: 'bool' };
/** Any type: the value carries its own. */
export const dynamicType: Type = { kind: 'dynamic' };
export const listType = (element: Type): Type => ({ kind: 'list', element });
export const setType = (element: Type): Type => ({ kind: 'set', element });
export const mapType = (element: Type): Type => ({ kind: 'map', element });
export const tupleType = (...elements: readonly Type[]): Type => ({ kind: 'tuple', elements });
export const objectType = (attributes: Readonly<Record<string, Type>>, optional?: readonly string[]): Type =>
  optional === undefined ? { kind: 'object', attributes } : { kind: 'object', attributes, optional };
