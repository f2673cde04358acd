import type { JsonObject } from '../canonical.ts';
import type { Noun } from '../noun.ts';
import { nounOf } from './intent.ts';
import type { Plan, PlannedAction } from './plan.ts';

/** An argument of an adopted object: a value, or the attribute of another object of the configuration. */
export type AdoptedArgument =
  | { readonly literal: string | number | boolean }
  | { readonly address: string; readonly attribute: string; readonly literal: string };

/** One object that exists and is to be declared. */
export interface Adoptee {
  readonly type: string;
  /** Second half of its address; unique, and free in the stack. */
  readonly label: string;
  /** As people know it. */
  readonly name: string;
  /** What Terraform imports it by. */
  readonly importId: string;
  readonly arguments: Readonly<Record<string, AdoptedArgument>>;
}

export interface AdoptionReport {
  readonly managed: number;
  readonly unmanaged: number;
  /** Among the unmanaged: what the filters let through. */
  readonly selected: number;
  /** Objects of one type that share a name, by what they are imported by. */
  readonly duplicates: readonly {
    readonly type: string;
    readonly name: string;
    readonly ids: readonly string[];
  }[];
  /** Objects that could name another (an account its team) and do not. */
  readonly unattached: readonly { readonly type: string; readonly name: string }[];
}

export interface Adoption {
  readonly adoptees: readonly Adoptee[];
  readonly report: AdoptionReport;
}

/** Everything of a plan that nobody declared, as something to declare. Pure; never contains a key. */
export function adoptionOf<Session>(
  plan: Plan,
  nouns: readonly Noun<Session>[],
  wanted: (object: Pick<PlannedAction, 'type' | 'name'> & { readonly object: JsonObject }) => boolean,
): Adoption {
  const importIdOf = importIdsOf(plan, nouns);
  const unmanaged = plan.actions.filter(({ kind }) => kind === 'unmanaged');
  const selected = unmanaged.filter(({ type, name, prior }) => wanted({ type, name, object: prior ?? {} }));
  const addresses = declaredAddresses(plan);
  const labels = new Set(plan.actions.flatMap(({ address }) => address ?? []));
  const labelled = selected.map((action) => {
    const label = freeLabel(action, labels);
    labels.add(`${action.type}.${label}`);
    addresses.set(idOf(action), `${action.type}.${label}`);
    return { action, label };
  });
  const adoptees = labelled.map(({ action, label }) => ({
    type: action.type,
    label,
    name: action.name,
    importId: importIdOf(action),
    arguments: argumentsOf(action, nouns, addresses),
  }));
  const report = {
    managed: plan.actions.filter(({ address, prior }) => address !== null && prior !== null).length,
    unmanaged: unmanaged.length,
    selected: selected.length,
    duplicates: duplicatesAmong(unmanaged, importIdOf),
    unattached: unmanaged
      .filter(({ type, prior }) => isUnattached(nounOf(nouns, type), prior))
      .map(({ type, name }) => ({ type, name })),
  };
  return { adoptees, report };
}

const idOf = ({ type, key }: Pick<PlannedAction, 'type' | 'key'>) => `${type} ${key}`;

function declaredAddresses({ actions }: Plan): Map<string, string> {
  return new Map(
    actions.flatMap((action) => (action.address === null ? [] : [[idOf(action), action.address] as const])),
  );
}

/** Only what was configured for it: the rest is the service's own, or a default. */
function argumentsOf<Session>(
  { type, prior }: PlannedAction,
  nouns: readonly Noun<Session>[],
  addresses: ReadonlyMap<string, string>,
): Adoptee['arguments'] {
  const noun = nounOf(nouns, type);
  const entries = Object.entries(noun.resource.schema.attributes).flatMap(([name, { options }]) => {
    const value = prior?.[name] ?? null;
    const configurable = 'required' in options || 'optional' in options;
    if (!configurable || value === null || typeof value === 'object') return [];
    if ('default' in options && options.default === value) return [];
    return [[name, linked(noun, name, value, nouns, addresses)] as const];
  });
  return Object.fromEntries(entries);
}

function linked<Session>(
  noun: Noun<Session>,
  attribute: string,
  value: string | number | boolean,
  nouns: readonly Noun<Session>[],
  addresses: ReadonlyMap<string, string>,
): AdoptedArgument {
  const link = noun.links[attribute];
  if (link === undefined || typeof value !== 'string') return { literal: value };
  const key = nounOf(nouns, link.type).resource.naturalKey({ [link.attribute]: value });
  const address = key && addresses.get(idOf({ type: link.type, key }));
  return address ? { address, attribute: link.attribute, literal: value } : { literal: value };
}

/** A readable name for an address: `Payments (EU)` becomes `payments_eu`. */
function freeLabel({ type, name }: PlannedAction, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^_+|_+$/gu, '');
  const base = /^[a-z]/u.test(plain) ? plain : `${type.split('_').at(-1)}_${plain}`.replace(/_$/u, '');
  let label = base;
  for (let count = 2; taken.has(`${type}.${label}`); count += 1) label = `${base}_${count}`;
  return label;
}

/** What Terraform imports each object by; told apart from everything else that is there. */
function importIdsOf<Session>({ actions }: Plan, nouns: readonly Noun<Session>[]): ImportIdOf {
  const byType = new Map(
    nouns.map(({ resource }) => {
      const all = actions.flatMap(({ type, prior }) =>
        type === resource.type && prior !== null ? [prior] : [],
      );
      return [resource.type, resource.importIds?.(all)] as const;
    }),
  );
  return ({ type, prior, name }) => {
    const id = prior === null ? undefined : byType.get(type)?.(prior);
    if (id === undefined) throw new Error(`${type} "${name}" has nothing to be imported by`);
    return id;
  };
}

type ImportIdOf = (action: PlannedAction) => string;

function duplicatesAmong(
  actions: readonly PlannedAction[],
  importIdOf: ImportIdOf,
): AdoptionReport['duplicates'] {
  const groups = new Map<string, PlannedAction[]>();
  for (const action of actions) groups.set(idOf(action), [...(groups.get(idOf(action)) ?? []), action]);
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return [];
    return [{ type: first.type, name: first.name, ids: group.map((one) => importIdOf(one)) }];
  });
}

function isUnattached<Session>({ links }: Noun<Session>, object: JsonObject | null): boolean {
  const names = Object.keys(links);
  return names.length > 0 && names.every((name) => (object?.[name] ?? null) === null);
}
