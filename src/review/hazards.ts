// Dangers that stand in the configuration rather than in a change: where the administrator's key is sent, and keys that
// are written down.

import type { Change } from './change.ts';
import type { Configuration, ProviderBlock } from './plan/configuration.ts';
import type { PlanDocument } from './plan/plan-document.ts';

export type Hazard =
  /** The provider, and with it the administrator's key, is pointed at another host than BrowserStack's. */
  | { readonly code: 'foreign_url'; readonly provider: string; readonly host: string }
  /** The key would travel in clear. */
  | { readonly code: 'insecure_url'; readonly provider: string; readonly host: string }
  /** This machine: a local BrowserStack. */
  | { readonly code: 'local_url'; readonly provider: string; readonly host: string }
  | { readonly code: 'unknown_url'; readonly provider: string }
  | { readonly code: 'key_literal'; readonly provider: string }
  | { readonly code: 'key_default'; readonly variable: string }
  /** An access key stands where a name belongs. */
  | { readonly code: 'key_as_name'; readonly address: string }
  /** A key stands in an output that is not marked sensitive, or is handed out of the state. */
  | { readonly code: 'key_in_output'; readonly output: string };

/** [documented] the two base URLs that the pages list as equals. */
export const KNOWN_HOSTS: readonly string[] = ['api.browserstack.com', 'api-enterprise.browserstack.com'];

export function isDangerous({ code }: Hazard): boolean {
  return code !== 'local_url' && code !== 'unknown_url' && code !== 'key_in_output';
}

/** `allowedHosts` are those of the policy, besides BrowserStack's own. */
export function hazardsOf(
  { configuration, urlVariables }: PlanDocument,
  changes: readonly Change[],
  allowedHosts: readonly string[] = [],
): readonly Hazard[] {
  return [
    ...configuration.providers.flatMap((provider) => urlHazards(provider, urlVariables, allowedHosts)),
    ...keyHazards(configuration),
    ...changes.filter(holdsHiddenKey).map(({ address }) => ({ code: 'key_as_name' as const, address })),
  ];
}

function urlHazards(
  { key: provider, baseUrl }: ProviderBlock,
  variables: ReadonlyMap<string, string>,
  allowed: readonly string[],
): readonly Hazard[] {
  if (baseUrl === undefined) return [];
  const fromVariable = baseUrl.references.map((reference) => variables.get(reference)).find(Boolean);
  const text = baseUrl.literal ?? fromVariable;
  if (text === undefined || !URL.canParse(text)) return [{ code: 'unknown_url', provider }];
  const { hostname: host, protocol } = new URL(text);
  if (isLoopback(host)) return [{ code: 'local_url', provider, host }];
  if (!KNOWN_HOSTS.includes(host) && !allowed.includes(host))
    return [{ code: 'foreign_url', provider, host }];
  return protocol === 'https:' ? [] : [{ code: 'insecure_url', provider, host }];
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/u.test(host)
  );
}

function keyHazards({ providers, variables }: Configuration): readonly Hazard[] {
  const referred = new Set(providers.flatMap(({ accessKeyReferences }) => accessKeyReferences));
  return [
    ...providers
      .filter(({ literalAccessKey }) => literalAccessKey)
      .map(({ key: provider }) => ({ code: 'key_literal' as const, provider })),
    ...variables
      .filter(
        ({ name, hasDefault, defaultLooksLikeKey }) =>
          defaultLooksLikeKey || (hasDefault && referred.has(`var.${name}`)),
      )
      .map(({ name: variable }) => ({ code: 'key_default' as const, variable })),
  ];
}

/** A masked value among the names of a change. */
function holdsHiddenKey({ name, newName, consumers, username }: Change): boolean {
  return [name, newName, username, ...consumers].some((text) => text?.includes('(hidden: ') === true);
}
