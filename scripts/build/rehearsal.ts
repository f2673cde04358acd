// What the provider does in nearly every run, done once while it is built: V8 keeps what it compiled for it.

import { createLocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { configurationSchema } from '../../src/resources/configuration/schema.ts';
import { resources } from '../../src/resources/index.ts';
import { impliedType, type Schema } from '../../src/schema/schema.ts';
import { objectValue } from '../../src/schema/value.ts';
import { toDynamicObject } from '../../src/tfplugin/codec/dynamic-value.ts';
import type { Diagnostic, DynamicValue } from '../../src/tfplugin/generated/tfplugin6.ts';
import { type Conversation, converse } from './plugin-conversation.ts';

const OWNER = { username: 'owner_1', access_key: 'rehearsal-owner-key', role: 'owner' } as const;
const CAPABILITIES = { deferralAllowed: false, writeOnlyAttributesAllowed: true };
const ACCOUNT = 'browserstack_service_account';

/**
 * Lets a provider plan an object that it keeps, and make two, against a local BrowserStack.
 * @param command Starts the provider.
 * @param env What it gets beside the address and the credentials.
 */
export async function rehearse(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const local = await createLocalBrowserStack({
    rateLimit: 'off',
    seed: {
      organization: { name: 'Acme Inc.' },
      users: [OWNER],
      service_accounts: [{ identifier: 'stored' }],
    },
  });
  try {
    const { url } = await local.listen();
    const provider = await converse(command, {
      PATH: process.env.PATH,
      TMPDIR: process.env.TMPDIR,
      BROWSERSTACK_API_URL: url,
      BROWSERSTACK_USERNAME: OWNER.username,
      BROWSERSTACK_ACCESS_KEY: OWNER.access_key,
      ...env,
    });
    const config = dynamic(configurationSchema, {});
    const configured = { config, terraformVersion: '1.11.4', clientCapabilities: CAPABILITIES };
    await provider.call('getProviderSchema', {});
    agreed(await provider.call('validateProviderConfig', { config }));
    agreed(await provider.call('configureProvider', configured));
    const username = local.accounts()[0]?.username;
    await kept(provider, ACCOUNT, { identifier: 'stored' }, { username, organization_level: true });
    await made(provider, ACCOUNT, { identifier: 'new' });
    await made(provider, 'browserstack_access_key', { username });
    await provider.end();
  } finally {
    await local.close();
  }
}

/** A plan of an object that stands in state as it is at the service. */
async function kept(provider: Conversation, typeName: string, given: Given, computed: Given): Promise<void> {
  const { schema, asked } = await validated(provider, typeName, given);
  const rawState = { json: Buffer.from(JSON.stringify({ ...given, ...computed })), flatmap: new Map() };
  const stored = { typeName, version: schema.version ?? 0, rawState };
  const upgraded = agreed(await provider.call('upgradeResourceState', stored));
  const { clientCapabilities } = asked;
  const seen = { typeName, currentState: upgraded.upgradedState, clientCapabilities };
  const { newState, private: bytes, newIdentity } = agreed(await provider.call('readResource', seen));
  agreed(
    await provider.call('planResourceChange', {
      ...asked,
      priorState: newState,
      proposedNewState: newState,
      priorPrivate: bytes,
      priorIdentity: newIdentity,
    }),
  );
}

/** Plan and apply of an object that is not there yet. */
async function made(provider: Conversation, typeName: string, given: Given): Promise<void> {
  const { schema, asked } = await validated(provider, typeName, given);
  const priorState = toDynamicObject(null, impliedType(schema));
  const wanted = { ...asked, priorState, proposedNewState: asked.config };
  const { plannedState, plannedPrivate, plannedIdentity } = agreed(
    await provider.call('planResourceChange', wanted),
  );
  agreed(
    await provider.call('applyResourceChange', {
      ...asked,
      priorState,
      plannedState,
      plannedPrivate,
      plannedIdentity,
    }),
  );
}

async function validated(provider: Conversation, typeName: string, given: Given) {
  const schema = resources.find(({ type }) => type === typeName)?.schema;
  if (schema === undefined) throw new Error(`there is no ${typeName} to rehearse with`);
  const asked = { typeName, config: dynamic(schema, given), clientCapabilities: CAPABILITIES };
  agreed(await provider.call('validateResourceConfig', asked));
  return { schema, asked };
}

/** Attributes by name; those left out are null. */
type Given = Readonly<Record<string, string | boolean | undefined>>;

function dynamic(schema: Schema, given: Given): DynamicValue {
  const type = impliedType(schema);
  const names = type.kind === 'object' ? Object.keys(type.attributes) : [];
  return toDynamicObject(objectValue(names.map((name) => [name, given[name] ?? null])), type);
}

function agreed<Answer extends { readonly diagnostics: readonly Diagnostic[] }>(answer: Answer): Answer {
  const [first] = answer.diagnostics;
  if (first !== undefined) throw new Error(`the rehearsal failed: ${first.summary}: ${first.detail}`);
  return answer;
}
