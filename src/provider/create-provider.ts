import type { AnyProviderDefinition } from '../lifecycle/provider-definition.ts';
import { Engine, type ProviderContext } from './engine.ts';
import { callFunction } from './operations/call-function.ts';
import { configure } from './operations/configure.ts';
import { invokeAction } from './operations/invoke-action.ts';
import { listResources } from './operations/list-resources.ts';
import { closeEphemeral, openEphemeral, renewEphemeral } from './operations/open-ephemeral.ts';
import { planAction } from './operations/plan-action.ts';
import { readDataSource } from './operations/read-data-source.ts';
import { applyResourceChange } from './operations/resource/apply-resource-change.ts';
import { generateResourceConfig } from './operations/resource/generate-resource-config.ts';
import { importResourceState } from './operations/resource/import-resource-state.ts';
import { moveResourceState } from './operations/resource/move-resource-state.ts';
import { planResourceChange } from './operations/resource/plan-resource-change.ts';
import { readResource } from './operations/resource/read-resource.ts';
import { upgradeResourceIdentity } from './operations/resource/upgrade-resource-identity.ts';
import { upgradeResourceState } from './operations/resource/upgrade-resource-state.ts';
import { validateConfig } from './operations/validate-config.ts';
import type { Provider } from './provider.ts';

export type { LogLevel, ProviderContext } from './engine.ts';

/**
 * The provider that a definition describes: one per process, calls run concurrently, none throws. That the definition
 * does not contradict itself is asked by a test (check-definition.ts), not by every launch.
 */
export function createProvider<Session>(
  definition: AnyProviderDefinition<Session>,
  context: ProviderContext,
): Provider {
  const engine = new Engine(definition, context);
  return {
    schemas: engine.schemas,

    validateProviderConfig: (config) => validateConfig(engine, () => definition, config),
    configure: (config, engineVersion) => configure(engine, config, engineVersion),
    stop: () => engine.stop(),

    validateResourceConfig: (type, config, client) =>
      validateConfig(engine, () => engine.noun('resources', type), config, client),
    upgradeResourceState: (type, version, state) => upgradeResourceState(engine, type, version, state),
    upgradeResourceIdentity: (type, version, identity) =>
      upgradeResourceIdentity(engine, type, version, identity),
    readResource: (request) => readResource(engine, request),
    planResourceChange: (request) => planResourceChange(engine, request),
    applyResourceChange: (request) => applyResourceChange(engine, request),
    importResourceState: (request) => importResourceState(engine, request),
    moveResourceState: (source) => moveResourceState(engine, source),
    generateResourceConfig: (type, state) => generateResourceConfig(engine, type, state),

    validateDataSourceConfig: (type, config) =>
      validateConfig(engine, () => engine.noun('dataSources', type), config),
    readDataSource: (type, config, call) => readDataSource(engine, type, config, call),

    validateEphemeralConfig: (type, config) =>
      validateConfig(engine, () => engine.noun('ephemeralResources', type), config),
    openEphemeral: (type, config, call) => openEphemeral(engine, type, config, call),
    renewEphemeral: (type, secret, call) => renewEphemeral(engine, type, secret, call),
    closeEphemeral: (type, secret, call) => closeEphemeral(engine, type, secret, call),

    callFunction: (name, args) => callFunction(engine, name, args),

    validateActionConfig: (type, config) =>
      validateConfig(engine, () => engine.noun('actions', type), config),
    planAction: (type, config) => planAction(engine, type, config, { signal: new AbortController().signal }),
    invokeAction: (type, config, call) => invokeAction(engine, type, config, call),

    validateListConfig: (type, config) =>
      validateConfig(engine, () => engine.noun('listResources', type), config),
    list: (type, config, options) => listResources(engine, type, config, options),
  };
}
