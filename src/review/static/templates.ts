// What stands in a configuration: a value, or a template that only the engine can evaluate.

/** True when no part of it is a template: what is written is what is meant. */
export function isKnown(json: unknown): boolean {
  if (typeof json === 'string') return !/(?<!\$)\$\{|(?<!%)%\{/u.test(json);
  if (typeof json !== 'object' || json === null) return true;
  return Object.values(json).every(isKnown);
}

/** `a["b"].c`, `each.value`, `module.x.y`, `browserstack_team.t.name`. */
const REFERENCE =
  /\b[A-Za-z_][\w-]*(?:\[(?:"[^"\]]*"|\w+)\])?(?:\.(?:[A-Za-z_][\w-]*|\*)(?:\[(?:"[^"\]]*"|\w+)\])?)+/gu;

/** Every reference of every template in it. Names in texts look like references and harm nothing. */
export function referencesIn(json: unknown): readonly string[] {
  if (typeof json === 'string') return isKnown(json) ? [] : (json.match(REFERENCE) ?? []);
  if (typeof json !== 'object' || json === null) return [];
  return Object.values(json).flatMap(referencesIn);
}

/** `${browserstack_team.t.name}` and nothing else. */
export function tryWholeReference(json: unknown): string | undefined {
  if (typeof json !== 'string') return undefined;
  return /^\$\{\s*([A-Za-z_][\w-]*(?:\.[\w-]+)+)\s*\}$/u.exec(json)?.[1];
}

/** `$${` is how a text writes `${`. */
export function unescaped(json: unknown): unknown {
  return typeof json === 'string' ? json.replaceAll('$${', '${').replaceAll('%%{', '%{') : json;
}
