import type { Type } from './type.ts';

/** The type that Terraform writes as `"string"`, `["list","string"]`, `["object",{…},["optional"]]`; else undefined. */
export function typeFromJson(json: unknown): Type | undefined {
  if (json === 'string' || json === 'number' || json === 'bool' || json === 'dynamic') return { kind: json };
  if (!Array.isArray(json)) return undefined;
  const [kind, argument, optional] = json;
  if (kind === 'list' || kind === 'set' || kind === 'map') {
    const element = typeFromJson(argument);
    return element && { kind, element };
  }
  if (kind === 'tuple' && Array.isArray(argument)) {
    const elements = argument.map(typeFromJson).filter((element) => element !== undefined);
    return elements.length === argument.length ? { kind, elements } : undefined;
  }
  if (kind !== 'object' || typeof argument !== 'object' || argument === null) return undefined;
  const attributes: Record<string, Type> = Object.create(null);
  for (const [name, member] of Object.entries(argument)) {
    const type = typeFromJson(member);
    if (type === undefined) return undefined;
    attributes[name] = type;
  }
  return Array.isArray(optional)
    ? { kind, attributes, optional: optional.map(String) }
    : { kind, attributes };
}
