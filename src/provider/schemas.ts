import type { AnyProviderDefinition } from '../lifecycle/provider-definition.ts';
import type { Schema } from '../schema/schema.ts';
import type { FunctionSignature, ProviderSchemas } from './provider.ts';

/** The definition's schemas by type name. */
export function schemasOf<Session>(definition: AnyProviderDefinition<Session>): ProviderSchemas {
  const { resources, dataSources, ephemeralResources, functions, actions, listResources } = definition;
  const identities = resources.flatMap(({ type, identity }) =>
    identity === undefined ? [] : [[type, identity] as const],
  );
  return {
    provider: definition.schema,
    resources: byType(resources),
    identities: Object.fromEntries(identities),
    dataSources: byType(dataSources),
    ephemeralResources: byType(ephemeralResources),
    functions: Object.fromEntries((functions ?? []).map((one) => [one.name, signature(one)])),
    actions: byType(actions),
    listResources: byType(listResources),
  };
}

function byType(
  nouns: readonly { readonly type: string; readonly schema: Schema }[] = [],
): Readonly<Record<string, Schema>> {
  return Object.fromEntries(nouns.map(({ type, schema }) => [type, schema]));
}

function signature(one: FunctionSignature): FunctionSignature {
  const { summary, description, parameters, variadic, returns } = one;
  return { summary, description, parameters, returns, ...(variadic && { variadic }) };
}
