import type { Provider, ProviderSchemas } from '../../../src/provider/provider.ts';
import type { Schema } from '../../../src/schema/schema.ts';

const emptySchema: Schema = { description: 'Nothing.', attributes: {} };

/** A provider without nouns: every operation is the plainest answer there is. */
export function baseProvider(
  schemas: Partial<ProviderSchemas> = {},
  operations: Partial<Omit<Provider, 'schemas'>> = {},
): Provider {
  return {
    schemas: {
      provider: emptySchema,
      resources: {},
      identities: {},
      dataSources: {},
      ephemeralResources: {},
      functions: {},
      actions: {},
      listResources: {},
      ...schemas,
    },
    validateProviderConfig: fine,
    configure: fine,
    stop: () => undefined,
    validateResourceConfig: fine,
    upgradeResourceState: async (_type, _version, state) => ({ state, diagnostics: [] }),
    upgradeResourceIdentity: async (_type, _version, identity) => ({ identity, diagnostics: [] }),
    readResource: async ({ state }) => ({ state, diagnostics: [] }),
    planResourceChange: async ({ proposed }) => ({ planned: proposed, replaces: [], diagnostics: [] }),
    applyResourceChange: async ({ planned }) => ({ state: planned, diagnostics: [] }),
    importResourceState: async () => ({ imported: [], diagnostics: [] }),
    moveResourceState: async ({ state }) => ({ state, diagnostics: [] }),
    generateResourceConfig: async (_type, config) => ({ config, diagnostics: [] }),
    validateDataSourceConfig: fine,
    readDataSource: async (_type, state) => ({ state, diagnostics: [] }),
    validateEphemeralConfig: fine,
    openEphemeral: async (_type, result) => ({ result, diagnostics: [] }),
    renewEphemeral: fine,
    closeEphemeral: fine,
    callFunction: async () => ({ error: { text: 'no such function' } }),
    validateActionConfig: fine,
    planAction: fine,
    invokeAction: async function* () {
      yield { kind: 'completed', diagnostics: [] };
    },
    validateListConfig: fine,
    list: async function* () {
      // Nothing to find.
    },
    ...operations,
  };
}

async function fine() {
  return { diagnostics: [] };
}
