// What is managed already, by a stack or by a state, beside what there is.

import { engineCommand } from '../../../engine-command.ts';
import { Problem } from '../../../errors.ts';
import type { ObjectValue } from '../../../schema/value.ts';
import { providerReference } from '../../input/providers.ts';
import type { StateResource } from '../../input/state.ts';
import type { Observed } from '../../observed.ts';
import { endsObjects, type ResourceType, type ResourceTypes } from '../../resource-types.ts';
import type { Plan } from '../plan.ts';

export interface Managed {
  /** Address under which this object of the organization is managed. */
  tryAddressOf(type: string, object: ObjectValue): string | undefined;
  /** All addresses that are taken. */
  readonly addresses: ReadonlySet<string>;
  /** Addresses of what is managed and not to be seen here: of another organization, or gone. */
  readonly elsewhere: readonly string[];
  /** Objects of which nothing says whether they are the managed ones or others of the same name. */
  readonly unclear: ReadonlySet<string>;
}

/** By a stack: objects are recognized by what they are called. */
export function managedByStack<Session>({ actions }: Plan, types: ResourceTypes<Session>): Managed {
  const addresses = new Map(
    actions.flatMap(({ address, type, key }) =>
      address === null ? [] : [[keyId(type, key), address] as const],
    ),
  );
  return {
    tryAddressOf: (type, object) => addresses.get(keyId(type, types.get(type).naturalKey?.(object))),
    addresses: new Set(addresses.values()),
    elsewhere: [],
    unclear: new Set(),
  };
}

/**
 * By a state, which may hold several organizations. An account is recognized by its user name, which the service made,
 * so nobody else has it. A team has nothing but its name, which two organizations may both have: it is of this one when
 * an account in it is, or when accounts of its provider configuration are.
 * @param provider The provider configuration of this organization, where somebody named it.
 * @throws Problem `invalid_input` when the state does not have it, or tells of none.
 */
export function managedByState<Session>(
  resources: readonly StateResource[],
  types: ResourceTypes<Session>,
  observed: Observed,
  provider?: string,
): Managed {
  const entries = ofProvider(resources, provider)
    .filter(({ type }) => isAdoptable(types, type))
    .map((resource) => entryOf(resource, types, observed));
  const groups = groupsOf(entries);
  const verdict = (entry: Entry): Verdict => {
    if (!entry.seen) return 'elsewhere';
    if (entry.unique || provider !== undefined) return 'here';
    return groups.verdictOn(entry);
  };
  const byId = new Map<string, string>();
  const elsewhere: string[] = [];
  const unclear = new Set<string>();
  for (const entry of entries) {
    const said = verdict(entry);
    if (said === 'here') byId.set(entry.id, entry.resource.address);
    else if (said === 'elsewhere') elsewhere.push(entry.resource.address);
    else unclear.add(entry.id);
  }
  return {
    tryAddressOf: (type, object) => byId.get(idOf(types.get(type), object)),
    addresses: new Set(resources.map(({ address }) => address)),
    elsewhere,
    unclear,
  };
}

/** What recognizes an object: its identity where all of it is known, else what it is called. */
export function idOf<Session>(
  { type, identity, naturalKey }: ResourceType<Session>,
  object: ObjectValue,
): string {
  const names = Object.keys(identity?.attributes ?? {});
  const values = names.map((name) => object[name] ?? null);
  if (names.length === 0 || values.includes(null)) return keyId(type, naturalKey?.(object));
  return `${type} = ${JSON.stringify(values)}`;
}

type Verdict = 'here' | 'elsewhere' | 'unclear';

interface Entry {
  readonly resource: StateResource;
  readonly id: string;
  /** The service made the identity, so no other organization has it. */
  readonly unique: boolean;
  readonly seen: boolean;
  /** What it names: an account its team. */
  readonly names: readonly string[];
}

function entryOf<Session>(resource: StateResource, types: ResourceTypes<Session>, observed: Observed): Entry {
  const of = types.get(resource.type);
  // Values of the state's JSON; the identity and what names another object are text in both.
  const object = resource.values as ObjectValue;
  const id = idOf(of, object);
  const names = Object.entries(of.links ?? {}).flatMap(([attribute, link]) => {
    const value = object[attribute];
    const target = types.get(link.type);
    return typeof value === 'string' ? [idOf(target, { [link.attribute]: value })] : [];
  });
  return { resource, id, unique: isMadeByService(of), seen: idsIn(observed, of).has(id), names };
}

function isMadeByService<Session>({ identity, schema }: ResourceType<Session>): boolean {
  const names = Object.keys(identity?.attributes ?? {});
  return names.length > 0 && names.every((name) => isComputedOnly(schema.attributes[name]?.options));
}

function isComputedOnly(options: object | undefined): boolean {
  return options !== undefined && 'computed' in options && !('optional' in options);
}

/** What the provider configurations, taken together, tell about objects that have nothing but a name. */
function groupsOf(entries: readonly Entry[]) {
  const groups = new Map<string | undefined, { hits: number; misses: number }>();
  const vouched = new Set<string>();
  for (const { resource, unique, seen, names } of entries) {
    if (!unique) continue;
    const group = groups.get(resource.provider) ?? { hits: 0, misses: 0 };
    groups.set(
      resource.provider,
      seen ? { ...group, hits: group.hits + 1 } : { ...group, misses: group.misses + 1 },
    );
    if (seen) for (const name of names) vouched.add(`${resource.provider} ${name}`);
  }
  const isHere = [...groups.entries()].filter(([, { hits }]) => hits > 0).map(([provider]) => provider);
  return {
    verdictOn({ resource: { provider }, id }: Entry): Verdict {
      const { hits, misses } = groups.get(provider) ?? { hits: 0, misses: 0 };
      if (vouched.has(`${provider} ${id}`) || (misses === 0 && (hits > 0 || isHere.length === 0)))
        return 'here';
      if (provider === undefined) return 'unclear';
      // A configuration is of one organization; where others are of this one, this one is not.
      if (hits > 0) return 'here';
      return isHere.length > 0 ? 'elsewhere' : 'unclear';
    },
  };
}

/** What exists at BrowserStack, and can be taken over. */
function isAdoptable<Session>(types: ResourceTypes<Session>, type: string): boolean {
  const of = types.tryGet(type);
  return of !== undefined && endsObjects(of);
}

function ofProvider(
  resources: readonly StateResource[],
  provider: string | undefined,
): readonly StateResource[] {
  if (provider === undefined) return resources;
  const references = [...new Set(resources.map((resource) => resource.provider))].sort();
  const [name = ''] = references.flatMap((reference) => reference?.split('.')[0] ?? []);
  const wanted = providerReference(provider, name);
  if (references.includes(wanted)) return resources.filter((resource) => resource.provider === wanted);
  const told = references.filter((reference) => reference !== undefined);
  throw new Problem({
    code: 'invalid_input',
    summary: `The state does not tell of ${wanted || provider}`,
    detail:
      told.length === 0
        ? `What "show -json" prints does not say which provider configuration an object belongs to. Give the state file itself, or pipe it: ${engineCommand('state pull | browserstack-iac … --state -')}`
        : `Its objects belong to ${told.join(', ')}.`,
    path: ['--provider'],
  });
}

const idsByObserved = new WeakMap<Observed, Map<string, ReadonlySet<string>>>();

/** Computed once for each noun: a state may have as many objects as there are. */
function idsIn<Session>(observed: Observed, of: ResourceType<Session>): ReadonlySet<string> {
  const known = idsByObserved.get(observed) ?? new Map<string, ReadonlySet<string>>();
  idsByObserved.set(observed, known);
  const { type } = of;
  const ids = known.get(type) ?? new Set(observed.objects(type).map((object) => idOf(of, object)));
  known.set(type, ids);
  return ids;
}

const keyId = (type: string, key: string | undefined) => `${type} ~ ${key}`;
