import type { ObjectValue } from '../../../schema/value.ts';
import type { Observed } from '../../observed.ts';
import { displayName, endsObjects, type ResourceType, type ResourceTypes } from '../../resource-types.ts';
import { showable } from '../differences.ts';
import { idOf, type Managed } from './managed.ts';

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
  /** Addresses of what is managed and cannot be seen here. */
  readonly elsewhere: readonly string[];
  /** Left out: whether these are the managed ones of their name cannot be told. */
  readonly unclear: readonly { readonly type: string; readonly name: string }[];
}

export interface Adoption {
  readonly adoptees: readonly Adoptee[];
  readonly report: AdoptionReport;
}

/** One object that is there. */
export interface Candidate {
  readonly type: string;
  readonly name: string;
  readonly object: ObjectValue;
}

/** Everything that nobody manages, as something to declare. Pure; never contains a key. */
export function adoptionOf<Session>(
  observed: Observed,
  managed: Managed,
  types: ResourceTypes<Session>,
  wanted: (candidate: Candidate) => boolean,
): Adoption {
  const all = types.all.filter(endsObjects).flatMap((of) => candidatesOf(of, observed));
  const isUnclear = ({ of, object }: Found<Session>) => managed.unclear.has(idOf(of, object));
  const isManaged = ({ type, object }: Found<Session>) => managed.tryAddressOf(type, object) !== undefined;
  const unclear = all.filter((one) => isUnclear(one) && !isManaged(one));
  const unmanaged = all.filter((one) => !isManaged(one) && !isUnclear(one));
  const selected = unmanaged.filter(wanted);
  const addresses = new Addresses(managed, types);
  for (const one of all)
    if (isManaged(one)) addresses.add(one, managed.tryAddressOf(one.type, one.object) ?? '');
  const labelled = selected.map((one) => ({ one, label: addresses.label(one) }));
  const named = ({ type, name }: Candidate) => ({ type, name });
  return {
    adoptees: labelled.map(({ one, label }) => ({
      type: one.type,
      label,
      name: one.name,
      importId: one.importId,
      arguments: argumentsOf(one, addresses),
    })),
    report: {
      managed: all.filter(isManaged).length,
      unmanaged: unmanaged.length,
      selected: selected.length,
      duplicates: duplicatesAmong(unmanaged),
      unattached: unmanaged.filter(isUnattached).map(named),
      elsewhere: managed.elsewhere,
      unclear: unclear.map(named),
    },
  };
}

interface Found<Session> extends Candidate {
  readonly of: ResourceType<Session>;
  readonly key: string;
  readonly importId: string;
}

/** All objects of a noun, sorted; told apart from each other by what they are imported by. */
function candidatesOf<Session>(of: ResourceType<Session>, observed: Observed): readonly Found<Session>[] {
  const { type, naturalKey, importIds } = of;
  const all = observed.objects(type);
  const importIdOf = importIds?.(all);
  if (importIdOf === undefined) throw new Error(`${type} cannot be imported`);
  return all
    .map((object) => ({
      of,
      type,
      object,
      key: naturalKey?.(object) ?? '',
      name: displayName(of, object),
      importId: importIdOf(object),
    }))
    .sort((a, b) => (a.key < b.key || (a.key === b.key && a.importId < b.importId) ? -1 : 1));
}

/** The address of each object that is declared or is going to be, and labels that nobody has. */
class Addresses<Session> {
  readonly #types: ResourceTypes<Session>;
  readonly #taken: Set<string>;
  readonly #byKey = new Map<string, string>();

  constructor({ addresses }: Managed, types: ResourceTypes<Session>) {
    this.#taken = new Set(addresses);
    this.#types = types;
  }

  add({ type, key }: Pick<Found<Session>, 'type' | 'key'>, address: string): void {
    this.#byKey.set(`${type} ${key}`, address);
  }

  /** A readable name for an address: `Payments (EU)` becomes `payments_eu`. */
  label(one: Found<Session>): string {
    const plain = one.name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/gu, '_')
      .replace(/^_+|_+$/gu, '');
    const base = /^[a-z]/u.test(plain) ? plain : `${one.type.split('_').at(-1)}_${plain}`.replace(/_$/u, '');
    let label = base;
    for (let count = 2; this.#taken.has(`${one.type}.${label}`); count += 1) label = `${base}_${count}`;
    this.#taken.add(`${one.type}.${label}`);
    this.add(one, `${one.type}.${label}`);
    return label;
  }

  /** The address of the object of `type` whose `attribute` has this value. */
  tryFind(type: string, attribute: string, value: string): string | undefined {
    const key = this.#types.get(type).naturalKey?.({ [attribute]: value });
    return key === undefined ? undefined : this.#byKey.get(`${type} ${key}`);
  }
}

/** Only what was configured for it: the rest is the service's own, or a default. */
function argumentsOf<Session>(
  { of, object }: Found<Session>,
  addresses: Addresses<Session>,
): Adoptee['arguments'] {
  const { schema } = of;
  const shown = showable(schema, object);
  const entries = Object.entries(schema.attributes).flatMap(([name, { options }]) => {
    const value = shown[name] ?? null;
    const configurable = 'required' in options || 'optional' in options;
    if (!configurable || value === null || typeof value === 'object') return [];
    if ('default' in options && options.default === value) return [];
    return [[name, linked(of, name, value, addresses)] as const];
  });
  return Object.fromEntries(entries);
}

function linked<Session>(
  { links = {} }: ResourceType<Session>,
  attribute: string,
  value: string | number | boolean,
  addresses: Addresses<Session>,
): AdoptedArgument {
  const link = links[attribute];
  if (link === undefined || typeof value !== 'string') return { literal: value };
  const address = addresses.tryFind(link.type, link.attribute, value);
  return address === undefined ? { literal: value } : { address, attribute: link.attribute, literal: value };
}

function duplicatesAmong<Session>(found: readonly Found<Session>[]): AdoptionReport['duplicates'] {
  const groups = new Map<string, Found<Session>[]>();
  for (const one of found) {
    const group = groups.get(`${one.type} ${one.key}`);
    if (group === undefined) groups.set(`${one.type} ${one.key}`, [one]);
    else group.push(one);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return [];
    return [{ type: first.type, name: first.name, ids: group.map(({ importId }) => importId) }];
  });
}

function isUnattached<Session>({ of, object }: Found<Session>): boolean {
  const names = Object.keys(of.links ?? {});
  return names.length > 0 && names.every((name) => (object[name] ?? null) === null);
}
