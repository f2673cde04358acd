import { Problem } from '../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../canonical.ts';
import type { Noun } from '../noun.ts';
import type { Desired, DesiredObject } from './desired.ts';
import { asLiteral } from './template.ts';

/**
 * What Terraform manages already, read from `terraform show -json`: as if it had been declared as it stands in state.
 * @throws Problem `invalid_input` when the text is something else.
 */
export function desiredFromState<Session>(
  text: string,
  file: string,
  nouns: readonly Noun<Session>[],
): Desired {
  const objects = managedResources(text, file).flatMap((resource) => {
    const noun = nouns.find((candidate) => candidate.resource.type === resource.type);
    return noun === undefined ? [] : [declared(resource, noun)];
  });
  return { objects, leftAlone: [], provider: {} };
}

/**
 * The managed resources of all modules, each as `terraform show -json` prints it.
 * @throws Problem `invalid_input` when the text is something else.
 */
export function managedResources(text: string, file: string): readonly JsonObject[] {
  const state = parsed(text, file);
  if (typeof state.format_version !== 'string' || state.planned_values !== undefined)
    throw unreadable(file, 'It is not the output of "terraform show -json" for a state.');
  const values = isJsonObject(state.values) ? state.values : {};
  return resourcesIn(values.root_module).filter(({ mode }) => mode === 'managed');
}

function resourcesIn(module: Json | undefined): readonly JsonObject[] {
  if (!isJsonObject(module)) return [];
  const own = Array.isArray(module.resources) ? module.resources.filter(isJsonObject) : [];
  const children: readonly Json[] = Array.isArray(module.child_modules) ? module.child_modules : [];
  return [...own, ...children.flatMap(resourcesIn)];
}

function declared<Session>(resource: JsonObject, noun: Noun<Session>): DesiredObject {
  const values = isJsonObject(resource.values) ? resource.values : {};
  const configurable = Object.entries(noun.resource.schema.attributes).filter(
    ([, { options }]) => 'required' in options || 'optional' in options,
  );
  return {
    address: String(resource.address),
    type: noun.resource.type,
    body: Object.fromEntries(configurable.map(([name]) => [name, literal(values[name] ?? null)])),
    dependsOn: [],
    ignoreChanges: 'all',
    preventDestroy: false,
  };
}

/** State holds values, never templates. */
function literal(json: Json): Json {
  return typeof json === 'string' ? asLiteral(json) : json;
}

function parsed(text: string, file: string): JsonObject {
  try {
    const json = JSON.parse(text) as Json;
    if (isJsonObject(json)) return json;
  } catch (cause) {
    throw unreadable(file, 'It is not JSON.', cause);
  }
  throw unreadable(file, 'It is not a JSON object.');
}

function unreadable(file: string, why: string, cause?: unknown): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${file} is no state`,
    detail: `${why} Make it with: terraform show -json > ${file}`,
    ...(cause === undefined ? {} : { cause }),
  });
}
