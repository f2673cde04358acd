import type { Type } from './type.ts';

// Types as Terraform writes them, in state, in schemas and on the wire: `"string"`, `["list","number"]`,
// `["object",{"a":"bool"},["a"]]`, where the last list names what may be missing.

/** @param ofValue The type of a value at hand, in which nothing is optional any more. */
export function typeJson(type: Type, { ofValue = false }: { readonly ofValue?: boolean } = {}): unknown {
  switch (type.kind) {
    case 'string':
    case 'number':
    case 'bool':
    case 'dynamic':
      return type.kind;
    case 'list':
    case 'set':
    case 'map':
      return [type.kind, typeJson(type.element, { ofValue })];
    case 'tuple':
      return ['tuple', type.elements.map((element) => typeJson(element, { ofValue }))];
    case 'object': {
      // Null prototype, so that an attribute may be called `__proto__`.
      const attributes: Record<string, unknown> = Object.create(null);
      const sorted = Object.entries(type.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [name, attribute] of sorted) attributes[name] = typeJson(attribute, { ofValue });
      const optional = ofValue ? [] : (type.optional ?? []);
      return optional.length === 0 ? ['object', attributes] : ['object', attributes, optional];
    }
  }
}

/**
 * The type of a value, as an engine wrote it; else undefined. Types of values have no optional attributes: were they
 * honoured, a few bytes could ask for a million nulls.
 */
export function typeFromJson(json: unknown): Type | undefined {
  if (json === 'string' || json === 'number' || json === 'bool' || json === 'dynamic') return { kind: json };
  if (!Array.isArray(json)) return undefined;
  const [kind, argument] = json;
  if (kind === 'list' || kind === 'set' || kind === 'map') {
    const element = typeFromJson(argument);
    return element && { kind, element };
  }
  if (kind === 'tuple' && Array.isArray(argument)) {
    const elements = argument.map(typeFromJson).filter((element) => element !== undefined);
    return elements.length === argument.length ? { kind, elements } : undefined;
  }
  if (kind !== 'object' || typeof argument !== 'object' || argument === null || Array.isArray(argument))
    return undefined;
  const attributes: Record<string, Type> = Object.create(null);
  for (const [name, member] of Object.entries(argument)) {
    const type = typeFromJson(member);
    if (type === undefined) return undefined;
    attributes[name] = type;
  }
  return { kind, attributes };
}
