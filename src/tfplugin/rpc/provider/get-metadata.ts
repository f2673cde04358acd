import type { GetMetadata_Request, GetMetadata_Response } from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';
import { serverCapabilities } from './get-provider-schema.ts';

/** Names without schemas. Terraform itself never asks; tools that join providers do. */
export const getMetadata: Unary<GetMetadata_Request, GetMetadata_Response> = {
  handle(_request, { provider }) {
    const { schemas } = provider;
    return {
      serverCapabilities,
      diagnostics: [],
      resources: typeNames(schemas.resources),
      dataSources: typeNames(schemas.dataSources),
      ephemeralResources: typeNames(schemas.ephemeralResources),
      listResources: typeNames(schemas.listResources),
      actions: typeNames(schemas.actions),
      functions: Object.keys(schemas.functions).map((name) => ({ name })),
    };
  },
  refuse: (diagnostics) => ({
    diagnostics,
    resources: [],
    dataSources: [],
    ephemeralResources: [],
    listResources: [],
    actions: [],
    functions: [],
  }),
};

function typeNames(schemas: Readonly<Record<string, unknown>>): { typeName: string }[] {
  return Object.keys(schemas).map((typeName) => ({ typeName }));
}
