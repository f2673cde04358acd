// Where a plan holds keys in clear, place by place: so that a key that also stands elsewhere, such as in a warning, is
// hidden there too. Nothing of this is kept but to compare with.

import { isObject, type JsonObject, listOf, memberOf, objectOf, objectsOf } from './json.ts';

const KEYS = ['access_key', 'current_access_key'] as const;

export function secretsOf(json: JsonObject): ReadonlySet<string> {
  const found = new Set<string>();
  const keep = (value: unknown) => {
    if (typeof value === 'string' && value !== '') found.add(value);
  };
  const keysOf = (values: unknown) => {
    for (const name of KEYS) keep(objectOf(values)[name]);
  };
  for (const row of [...objectsOf(json.resource_changes), ...objectsOf(json.resource_drift)]) {
    const { before, after } = objectOf(row.change);
    keysOf(before);
    keysOf(after);
  }
  for (const output of Object.values(objectOf(json.output_changes))) {
    const { before, after, before_sensitive: was, after_sensitive: is } = objectOf(output);
    if (was === true) keep(before);
    if (is === true) keep(after);
  }
  const { values: prior } = objectOf(json.prior_state);
  for (const { outputs, root_module: root } of [objectOf(prior), objectOf(json.planned_values)]) {
    for (const output of Object.values(objectOf(outputs)))
      if (objectOf(output).sensitive === true) keep(objectOf(output).value);
    for (const module of modulesOf(root, 'child_modules'))
      for (const { values } of objectsOf(module.resources)) keysOf(values);
  }
  ofConfiguration(json, keep);
  return found;
}

function ofConfiguration(json: JsonObject, keep: (value: unknown) => void): void {
  const { provider_config: providers, root_module: root } = objectOf(json.configuration);
  const literal = (expressions: unknown, name: string) =>
    keep(objectOf(memberOf(expressions, name)).constant_value);
  const { variables } = objectOf(root);
  const secretVariables = new Set(
    Object.entries(objectOf(variables))
      .filter(([, variable]) => objectOf(variable).sensitive === true)
      .map(([name]) => name),
  );
  for (const provider of Object.values(objectOf(providers))) {
    const { expressions } = objectOf(provider);
    literal(expressions, 'access_key');
    const references = listOf(objectOf(objectOf(expressions).access_key).references);
    for (const one of references)
      if (typeof one === 'string' && one.startsWith('var.')) secretVariables.add(one.slice('var.'.length));
  }
  for (const name of secretVariables) {
    keep(objectOf(memberOf(variables, name)).default);
    keep(objectOf(memberOf(json.variables, name)).value);
  }
  for (const module of modulesOf(root, 'module_calls'))
    for (const { expressions } of objectsOf(module.resources))
      for (const name of KEYS) literal(expressions, name);
}

/** A module and all below it, whichever way they hang on it. */
function modulesOf(root: unknown, below: 'child_modules' | 'module_calls'): readonly JsonObject[] {
  const found: JsonObject[] = [];
  const open = [root];
  while (open.length > 0 && found.length < 10_000) {
    const module = open.pop();
    if (!isObject(module)) continue;
    found.push(module);
    const children = module[below];
    if (Array.isArray(children)) open.push(...children);
    else for (const call of Object.values(objectOf(children))) open.push(objectOf(call).module);
  }
  return found;
}
