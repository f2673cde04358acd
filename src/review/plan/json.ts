// Reading JSON that nobody vouches for: what is not of the expected kind is absent, and nothing here throws.

export type JsonObject = Readonly<Record<string, unknown>>;

const NOTHING: JsonObject = Object.freeze({});

export function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The object, or an empty one. */
export function objectOf(json: unknown): JsonObject {
  return isObject(json) ? json : NOTHING;
}

/** The list, or an empty one. */
export function listOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [];
}

/** The members of a list that are objects. */
export function objectsOf(json: unknown): readonly JsonObject[] {
  return listOf(json).filter(isObject);
}

/** What an object has under a name that came from outside: never something inherited. */
export function memberOf(json: unknown, name: string): unknown {
  return isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
}

export function tryText(json: unknown): string | undefined {
  return typeof json === 'string' ? json : undefined;
}

export function tryFlag(json: unknown): boolean | undefined {
  return typeof json === 'boolean' ? json : undefined;
}

/** A point in time (RFC 3339), if it is one. */
export function tryDate(json: unknown): Date | undefined {
  if (typeof json !== 'string' || !/^\d{4}-\d{2}-\d{2}/u.test(json)) return undefined;
  const date = new Date(json);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
