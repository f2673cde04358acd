import { Problem, throwProblems } from '../errors.ts';
import type { AnyProviderDefinition } from '../lifecycle/provider-definition.ts';
import { checkSchema } from '../schema/check-schema.ts';
import type { ResourceNoun } from './engine.ts';

const FLAT = ['string', 'number', 'bool'];
const PROVIDER_NAME = /^[a-z][a-z0-9-]*$/u;
const FUNCTION_NAME = /^[a-z_][a-z0-9_]*$/u;

/** A definition that contradicts itself is refused when it is built, with every contradiction. @throws Problems */
export function checkDefinition<Session>(definition: AnyProviderDefinition<Session>): void {
  const { name, schema, resources, dataSources } = definition;
  const { ephemeralResources = [], actions = [], listResources = [], functions = [] } = definition;
  const stored = [...resources, ...dataSources, ...ephemeralResources];
  const configured = [...actions, ...listResources];
  const mistakes = [
    ...(PROVIDER_NAME.test(name) ? [] : [`the provider name "${name}" is not like my-cloud`]),
    ...checkSchema(schema, 'configuration').map((mistake) => `provider block: ${mistake}`),
    ...stored.flatMap((noun) =>
      checkSchema(noun.schema, 'state').map((mistake) => `${noun.type}: ${mistake}`),
    ),
    ...configured.flatMap((noun) =>
      checkSchema(noun.schema, 'configuration').map((mistake) => `${noun.type}: ${mistake}`),
    ),
    ...[...stored, ...configured]
      .filter(({ type }) => type !== name && !type.startsWith(`${name}_`))
      .map(({ type }) => `${type} does not start with ${name}_`),
    ...[resources, dataSources, ephemeralResources, actions, listResources].flatMap(twice),
    ...twice(functions.map((one) => ({ type: one.name }))),
    ...functions
      .filter((one) => !FUNCTION_NAME.test(one.name))
      .map((one) => `function ${one.name} is not a name like snake_case`),
    ...resources.flatMap(checkResource),
    ...listResources.flatMap(({ type }) =>
      resources.some((noun) => noun.type === type && noun.identity !== undefined)
        ? []
        : [`${type} can be listed, so there must be a resource of that name with an identity`],
    ),
  ];
  throwProblems(
    mistakes.map(
      (mistake) => new Problem({ code: 'internal', summary: 'Wrong definition', detail: mistake }),
    ),
  );
}

function checkResource<Session>(noun: ResourceNoun<Session>): readonly string[] {
  const { type, schema, identity, upgrades = {} } = noun;
  const missing = Array.from({ length: schema.version ?? 0 }, (_, version) => version).filter(
    (version) => upgrades[version] === undefined,
  );
  const unused = Object.keys(upgrades).filter((version) => Number(version) >= (schema.version ?? 0));
  return [
    ...missing.map((version) => `${type} has no upgrade from schema version ${version}`),
    ...unused.map(
      (version) => `${type} has an upgrade from schema version ${version}, which is not before its own`,
    ),
    ...(identity !== undefined && noun.identityOf === undefined
      ? [`${type} has an identity and no identityOf`]
      : []),
    ...(identity === undefined && noun.identityOf !== undefined
      ? [`${type} has identityOf and no identity`]
      : []),
    ...Object.entries(identity?.attributes ?? {})
      .filter(
        ([, { type: of }]) =>
          !FLAT.includes(of.kind) && !(of.kind === 'list' && FLAT.includes(of.element.kind)),
      )
      .map(([name]) => `${type}: the identity's ${name} is not flat`),
  ];
}

function twice(nouns: readonly { readonly type: string }[]): readonly string[] {
  const types = nouns.map(({ type }) => type);
  return [...new Set(types.filter((type, index) => types.indexOf(type) !== index))].map(
    (type) => `${type} is defined twice`,
  );
}
