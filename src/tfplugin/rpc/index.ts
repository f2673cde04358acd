import type { ProviderDefinition } from '../generated/tfplugin6.ts';
import { invokeAction } from './action/invoke-action.ts';
import { planAction } from './action/plan-action.ts';
import { validateActionConfig } from './action/validate-action-config.ts';
import { readDataSource } from './data-source/read-data-source.ts';
import { validateDataResourceConfig } from './data-source/validate-data-resource-config.ts';
import { closeEphemeralResource } from './ephemeral-resource/close-ephemeral-resource.ts';
import { openEphemeralResource } from './ephemeral-resource/open-ephemeral-resource.ts';
import { renewEphemeralResource } from './ephemeral-resource/renew-ephemeral-resource.ts';
import { validateEphemeralResourceConfig } from './ephemeral-resource/validate-ephemeral-resource-config.ts';
import { callFunction } from './function/call-function.ts';
import { getFunctions } from './function/get-functions.ts';
import { listResource } from './list-resource/list-resource.ts';
import { validateListResourceConfig } from './list-resource/validate-list-resource-config.ts';
import { configureProvider } from './provider/configure-provider.ts';
import { getMetadata } from './provider/get-metadata.ts';
import { getProviderSchema } from './provider/get-provider-schema.ts';
import { getResourceIdentitySchemas } from './provider/get-resource-identity-schemas.ts';
import { stopProvider } from './provider/stop-provider.ts';
import { validateProviderConfig } from './provider/validate-provider-config.ts';
import { applyResourceChange } from './resource/apply-resource-change.ts';
import { generateResourceConfig } from './resource/generate-resource-config.ts';
import { importResourceState } from './resource/import-resource-state.ts';
import { moveResourceState } from './resource/move-resource-state.ts';
import { planResourceChange } from './resource/plan-resource-change.ts';
import { readResource } from './resource/read-resource.ts';
import { upgradeResourceIdentity } from './resource/upgrade-resource-identity.ts';
import { upgradeResourceState } from './resource/upgrade-resource-state.ts';
import { validateResourceConfig } from './resource/validate-resource-config.ts';
import type { Streaming, Unary } from './rpc.ts';

type Methods = (typeof ProviderDefinition)['methods'];
type MessageOf<Codec> = Codec extends { decode(...args: never[]): infer Message } ? Message : never;

/** Every RPC of the protocol, checked against its description: none can be forgotten or mistyped. */
type Rpcs = {
  readonly [M in keyof Methods]: Methods[M]['responseStream'] extends true
    ? Streaming<MessageOf<Methods[M]['requestType']>, MessageOf<Methods[M]['responseType']>>
    : Unary<MessageOf<Methods[M]['requestType']>, MessageOf<Methods[M]['responseType']>>;
};

export const rpcs: Rpcs = {
  getMetadata,
  getProviderSchema,
  getResourceIdentitySchemas,
  validateProviderConfig,
  configureProvider,
  stopProvider,
  validateResourceConfig,
  upgradeResourceState,
  upgradeResourceIdentity,
  readResource,
  planResourceChange,
  applyResourceChange,
  importResourceState,
  moveResourceState,
  generateResourceConfig,
  validateDataResourceConfig,
  readDataSource,
  validateEphemeralResourceConfig,
  openEphemeralResource,
  renewEphemeralResource,
  closeEphemeralResource,
  validateListResourceConfig,
  listResource,
  getFunctions,
  callFunction,
  validateActionConfig,
  planAction,
  invokeAction,
};
