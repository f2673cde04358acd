// What Terraform made of a configuration: every expression, module, count and for_each evaluated, read from the JSON of
// a plan. What is known only after an apply stays unknown.

import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import type { Schema } from '../../schema/schema.ts';
import { isJsonObject, type Json, type JsonObject } from '../canonical.ts';
import type { ConfiguredObject, ConfiguredStack, ProviderTypes } from './configured.ts';
import { KINDS, kindOf, parseDocument } from './document.ts';
import type { OrganizationChoice } from './providers.ts';
import { asLiteral } from './scope.ts';

/**
 * The resources of our provider, as planned.
 * @throws Problem `invalid_input` when the text is no plan.
 */
export function readPlannedValues(
  text: string,
  file: string,
  { name, resources }: ProviderTypes,
  choice: OrganizationChoice,
): ConfiguredStack {
  const json = parseDocument(text, file, 'a plan of Terraform');
  const kind = kindOf(json);
  if (kind !== 'shown-plan') throw notAPlan(file, `It is ${KINDS[kind]}.`);
  if (json.errored === true)
    throw notAPlan(file, 'It was refused, so it does not hold everything that is declared.');
  const schemas = new Map(resources.map(({ type, schema }) => [type, schema]));
  const changes = new Map(objects(json.resource_changes).map((change) => [change.address, change]));
  const written = expressionsIn(json.configuration);
  const problems: Problem[] = [];
  const planned = resourcesIn(
    isJsonObject(json.planned_values) ? json.planned_values.root_module : undefined,
  );
  const configured = planned.flatMap(({ address, type, mode, values }): readonly ConfiguredObject[] => {
    const schema = schemas.get(String(type));
    if (mode !== 'managed' || schema === undefined || typeof address !== 'string') return [];
    const change = changes.get(address)?.change;
    const body = bodyOf(
      address,
      schema,
      isJsonObject(values) ? values : {},
      change,
      written.get(address),
      problems,
    );
    return [
      {
        address,
        type: String(type),
        body,
        dependsOn: Object.values(body).flatMap((value) => addressesIn(value)),
        ignoreChanges: [],
        preventDestroy: false,
        imports: isJsonObject(change) && isJsonObject(change.importing),
      },
    ];
  });
  return {
    objects: configured,
    skipped: [],
    provider: providerOf(json, name, choice),
    moved: objects(json.resource_changes).flatMap(({ address, previous_address: from }) =>
      typeof address === 'string' && typeof from === 'string' ? [{ from, to: address }] : [],
    ),
    removed: objects(json.resource_changes).flatMap(({ address, change }) =>
      isJsonObject(change) && Array.isArray(change.actions) && change.actions[0] === 'forget'
        ? [String(address)]
        : [],
    ),
    problems,
  };
}

/** What a user could have written: known values, and for what is not known yet the reference that stands for it. */
function bodyOf(
  address: string,
  schema: Schema,
  values: JsonObject,
  change: Json | undefined,
  written: JsonObject | undefined,
  problems: Problem[],
): JsonObject {
  const unknown = isJsonObject(change) && isJsonObject(change.after_unknown) ? change.after_unknown : {};
  const body: Record<string, Json> = {};
  for (const [name, { options }] of Object.entries(schema.attributes)) {
    if (options.required !== true && options.optional !== true) continue;
    const value = values[name] ?? null;
    if (value !== null) body[name] = literal(value);
    else if (unknown[name] === true && isJsonObject(written?.[name])) {
      const reference = referenceIn(written[name]);
      if (reference !== undefined) body[name] = `\${${reference}}`;
      else problems.push(notKnown(address, name));
    }
  }
  return body;
}

/** `browserstack_service_account.ci.username`, where the expression is that and nothing else. */
function referenceIn(expression: Json | undefined): string | undefined {
  const references =
    isJsonObject(expression) && Array.isArray(expression.references) ? expression.references : [];
  const [attribute] = (references as readonly Json[]).filter((one): one is string => typeof one === 'string');
  return attribute !== undefined && /^\w+\.[\w-]+\.\w+$/u.test(attribute) ? attribute : undefined;
}

function addressesIn(value: Json): readonly string[] {
  const match = typeof value === 'string' ? /^\$\{(\w+\.[\w-]+)\.\w+\}$/u.exec(value) : null;
  return match?.[1] === undefined ? [] : [match[1]];
}

/** What stands in the blocks of the root module, by address; instances and modules are told by their values alone. */
function expressionsIn(configuration: Json | undefined): ReadonlyMap<string, JsonObject> {
  const root = isJsonObject(configuration) ? configuration.root_module : undefined;
  return new Map(
    objects(isJsonObject(root) ? root.resources : undefined).flatMap(({ address, expressions }) =>
      typeof address === 'string' && isJsonObject(expressions) ? [[address, expressions] as const] : [],
    ),
  );
}

function notKnown(address: string, name: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'It is known only after an apply',
    detail: `The plan of Terraform does not know ${name} yet, and what it refers to cannot be told from it. Apply what it depends on first, then plan again.`,
    path: [address, name],
  });
}

/** Planned values are values, never templates. */
function literal(json: Json): Json {
  if (typeof json === 'string') return asLiteral(json);
  if (Array.isArray(json)) return json.map(literal);
  if (isJsonObject(json))
    return Object.fromEntries(Object.entries(json).map(([name, item]) => [name, literal(item)]));
  return json;
}

function resourcesIn(root: Json | undefined): readonly JsonObject[] {
  const open: Json[] = root === undefined ? [] : [root];
  const found: JsonObject[] = [];
  for (let module = open.pop(); module !== undefined; module = open.pop()) {
    if (!isJsonObject(module)) continue;
    open.push(...objects(module.child_modules));
    found.push(...objects(module.resources));
  }
  return found;
}

function objects(json: Json | undefined): readonly JsonObject[] {
  return Array.isArray(json) ? (json as readonly Json[]).filter(isJsonObject) : [];
}

/** Only constants of the provider block stand in a plan; the rest comes from the environment or the command line. */
function providerOf(json: JsonObject, name: string, { provider }: OrganizationChoice): JsonObject {
  const configuration = isJsonObject(json.configuration) ? json.configuration : {};
  const all = isJsonObject(configuration.provider_config)
    ? Object.entries(configuration.provider_config)
    : [];
  const wanted = provider === undefined ? undefined : provider.replace(`${name}.`, '');
  const [found] = all.flatMap(([, config]) =>
    isJsonObject(config) && config.name === name && (wanted === undefined || config.alias === wanted)
      ? [config]
      : [],
  );
  const expressions = isJsonObject(found?.expressions) ? found.expressions : {};
  return Object.fromEntries(
    Object.entries(expressions).flatMap(([argument, expression]) =>
      isJsonObject(expression) && expression.constant_value !== undefined
        ? [[argument, literal(expression.constant_value)] as const]
        : [],
    ),
  );
}

function notAPlan(file: string, why: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${file} is not a plan of Terraform`,
    detail: `${why} Make one with: ${engineCommand('plan -out=tfplan && terraform show -json tfplan | browserstack-iac plan --from-terraform -')}`,
  });
}
