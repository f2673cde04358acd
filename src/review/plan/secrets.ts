// Where a plan holds keys in clear, place by place: so that a key that also stands elsewhere, such as in a warning, is
// hidden there too. Nothing of this is kept but to compare with.

import type { Secrets } from '../masking.ts';
import { isReviewed } from './attributes.ts';
import { isObject, type JsonObject, listOf, memberOf, objectOf, objectsOf } from './json.ts';

const KEYS = ['access_key', 'current_access_key'] as const;

export function secretsOf(json: JsonObject): Secrets {
  const keys = new Set<string>();
  const names = new Set<string>();
  const into = (found: Set<string>) => (value: unknown) => {
    if (typeof value === 'string' && value !== '') found.add(value);
  };
  const [keep, mark] = [into(keys), into(names)];
  const keysOf = (values: unknown) => {
    for (const name of KEYS) keep(objectOf(values)[name]);
  };
  for (const row of [...objectsOf(json.resource_changes), ...objectsOf(json.resource_drift)]) {
    const { before, after, before_sensitive: was, after_sensitive: is } = objectOf(row.change);
    keysOf(before);
    keysOf(after);
    if (!isReviewed(String(row.type))) continue;
    for (const text of [...marked(before, was), ...marked(after, is)]) mark(text);
  }
  for (const output of Object.values(objectOf(json.output_changes))) {
    const { before, after, before_sensitive: was, after_sensitive: is } = objectOf(output);
    if (was === true) mark(before);
    if (is === true) mark(after);
  }
  const { values: prior } = objectOf(json.prior_state);
  for (const { outputs, root_module: root } of [objectOf(prior), objectOf(json.planned_values)]) {
    for (const output of Object.values(objectOf(outputs)))
      if (objectOf(output).sensitive === true) mark(objectOf(output).value);
    for (const module of modulesOf(root, 'child_modules'))
      for (const { type, values, sensitive_values: marks } of objectsOf(module.resources)) {
        keysOf(values);
        if (isReviewed(String(type))) for (const text of marked(values, marks)) mark(text);
      }
  }
  ofConfiguration(json, keep, mark);
  return { keys, marked: names };
}

/** Texts of an object that the configuration marks as sensitive: marks have the shape of the value. */
function marked(value: unknown, mark: unknown): readonly string[] {
  if (mark === true) {
    if (typeof value === 'string') return [value];
    return [...listOf(value), ...Object.values(objectOf(value))].flatMap((one) => marked(one, true));
  }
  if (Array.isArray(mark)) return mark.flatMap((one, index) => marked(listOf(value)[index], one));
  return Object.entries(objectOf(mark)).flatMap(([name, one]) => marked(memberOf(value, name), one));
}

type Keep = (value: unknown) => void;

function ofConfiguration(json: JsonObject, keep: Keep, mark: Keep): void {
  const { provider_config: providers, root_module: root } = objectOf(json.configuration);
  const literal = (expressions: unknown, name: string) =>
    keep(objectOf(memberOf(expressions, name)).constant_value);
  const { variables } = objectOf(root);
  const valuesOf = (name: string): readonly unknown[] => [
    objectOf(memberOf(variables, name)).default,
    objectOf(memberOf(json.variables, name)).value,
  ];
  for (const [name, variable] of Object.entries(objectOf(variables)))
    if (objectOf(variable).sensitive === true) valuesOf(name).forEach(mark);
  for (const provider of Object.values(objectOf(providers))) {
    const { expressions } = objectOf(provider);
    literal(expressions, 'access_key');
    const references = listOf(objectOf(objectOf(expressions).access_key).references);
    for (const one of references)
      if (typeof one === 'string' && one.startsWith('var.')) valuesOf(one.slice('var.'.length)).forEach(keep);
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
