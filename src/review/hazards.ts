// Dangers that stand in the configuration rather than in a change: where the administrator's key is sent, and keys that
// are written down.

import type { Change, Level } from './change.ts';
import { hadKey } from './masking.ts';
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
  /** A static review: what happens before anybody can look at a plan. */
  | PlanTimeHazard;

/** What a change of the configuration would run or send with the credentials of the plan or the apply job. */
export type PlanTimeHazard =
  | { readonly code: 'plan_runs_program'; readonly address: string }
  | { readonly code: 'plan_sends_request'; readonly address: string }
  | { readonly code: 'apply_runs_command'; readonly address: string }
  | { readonly code: 'new_provider'; readonly source: string }
  | { readonly code: 'provider_version'; readonly source: string; readonly version: string }
  | { readonly code: 'new_module'; readonly name: string; readonly source: string }
  /** Another provider's block is new or changed: it may take its credentials elsewhere. */
  | { readonly code: 'provider_pointed'; readonly name: string }
  | { readonly code: 'plan_reads_file'; readonly call: string }
  | { readonly code: 'state_elsewhere' }
  | { readonly code: 'url_not_known' };

/** [documented] the two base URLs that the pages list as equals. */
const KNOWN_HOSTS: readonly string[] = ['api.browserstack.com', 'api-enterprise.browserstack.com'];

const LEVELS: Readonly<Partial<Record<Hazard['code'], Level>>> = {
  local_url: 'quiet',
  unknown_url: 'quiet',
  provider_version: 'look',
};

export function levelOfHazard({ code }: Hazard): Level {
  return LEVELS[code] ?? 'danger';
}

/** What must be looked at before a job with credentials even plans. */
const BEFORE_PLANNING: ReadonlySet<Hazard['code']> = new Set([
  'foreign_url',
  'insecure_url',
  'url_not_known',
  'plan_runs_program',
  'plan_sends_request',
  'apply_runs_command',
  'new_provider',
  'provider_version',
  'new_module',
  'provider_pointed',
  'plan_reads_file',
  'state_elsewhere',
]);

export function isBeforePlanning({ code }: Hazard): boolean {
  return BEFORE_PLANNING.has(code);
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
  return [name, newName, username, ...consumers].some((text) => text !== undefined && hadKey(text));
}
