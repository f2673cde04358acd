import { toFunction, toSchema } from '../../codec/schema.ts';
import type {
  GetProviderSchema_Request,
  GetProviderSchema_Response,
  ServerCapabilities,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const serverCapabilities: ServerCapabilities = {
  // A protection must be able to refuse already at plan.
  planDestroy: true,
  // Schemas never depend on the configuration: one fetch per command is enough.
  getProviderSchemaOptional: true,
  moveResourceState: true,
  generateResourceConfig: true,
};

export const getProviderSchema: Unary<GetProviderSchema_Request, GetProviderSchema_Response> = {
  handle(_request, { provider }) {
    const { schemas } = provider;
    return {
      provider: toSchema(schemas.provider),
      resourceSchemas: mapped(schemas.resources, toSchema),
      dataSourceSchemas: mapped(schemas.dataSources, toSchema),
      ephemeralResourceSchemas: mapped(schemas.ephemeralResources, toSchema),
      listResourceSchemas: mapped(schemas.listResources, toSchema),
      actionSchemas: mapped(schemas.actions, (schema) => ({ schema: toSchema(schema) })),
      functions: mapped(schemas.functions, toFunction),
      serverCapabilities,
      diagnostics: [],
    };
  },
  refuse: (diagnostics) => ({
    resourceSchemas: new Map(),
    dataSourceSchemas: new Map(),
    ephemeralResourceSchemas: new Map(),
    listResourceSchemas: new Map(),
    actionSchemas: new Map(),
    functions: new Map(),
    diagnostics,
  }),
};

/** The same names, other values. */
export function mapped<A, B>(record: Readonly<Record<string, A>>, to: (value: A) => B): Map<string, B> {
  return new Map(Object.entries(record).map(([name, value]) => [name, to(value)]));
}
