import { Problem } from '../../errors.ts';
import { isUnknown, type ObjectValue, unknown, type Value } from '../../schema/value.ts';
import type { DesiredObject } from '../input/desired.ts';
import { evaluate, type Lookup } from '../input/evaluate.ts';
import type { Noun } from '../noun.ts';
import { type Observed, withKey } from '../observed.ts';
import { check } from './check.ts';
import { plannedChange, plannedNew } from './diff.ts';

/** One declared object beside what is there of it: everything that a noun is asked with. */
export interface Intent<Session> {
  readonly noun: Noun<Session>;
  readonly key: string;
  readonly config: ObjectValue;
  readonly planned: ObjectValue;
  /** With the configuration's own attributes (such as a protection) as configured: the service keeps none of them. */
  readonly prior: ObjectValue | undefined;
}

/** What is known of declared objects so far: planned while planning, real while applying. */
export class Known {
  readonly #objects = new Map<string, ObjectValue | undefined>();
  readonly #types = new Map<string, string>();

  /** `undefined`: it is declared, but nothing can be said about it. */
  set(address: string, object: ObjectValue | undefined): void {
    this.#objects.set(address, object);
    this.#types.set(address, address.slice(0, address.indexOf('.')));
  }

  readonly lookup: Lookup = ({ address, attribute }): Value | undefined => {
    if (!this.#objects.has(address)) return undefined;
    const object = this.#objects.get(address);
    if (object === undefined) return unknown;
    return Object.hasOwn(object, attribute) ? (object[attribute] ?? null) : undefined;
  };

  /** Address of the declared object with this natural key. */
  addressOf<Session>(noun: Noun<Session>, key: string | undefined): string | undefined {
    for (const [address, object] of this.#objects) {
      if (this.#types.get(address) !== noun.resource.type || object === undefined) continue;
      if (key !== undefined && noun.resource.naturalKey(object) === key) return address;
    }
    return undefined;
  }
}

/** Reads a declared object against what is known and seen. All its problems at once, each with its address. */
export function intentOf<Session>(
  { address, type, body }: Pick<DesiredObject, 'address' | 'type' | 'body'>,
  nouns: readonly Noun<Session>[],
  observed: Observed,
  known: Known,
): Intent<Session> | { readonly problems: readonly Problem[] } {
  const noun = nounOf(nouns, type);
  const { schema } = noun.resource;
  const { config, problems } = evaluate(body, schema, known.lookup);
  const broken = problems.length > 0 ? problems : check(noun.resource, config);
  if (broken.length > 0) return { problems: broken.map((problem) => problem.at([address])) };
  const key = noun.resource.naturalKey(config);
  if (key === undefined || isUnknown(key)) return { problems: [unidentified(address)] };
  const [found, ...others] = withKey(observed, noun, key);
  if (found !== undefined && others.length > 0)
    return { problems: [ambiguous(address, noun.label, key, 1 + others.length)] };
  if (found === undefined)
    return { noun, key, config, planned: plannedNew(schema, config), prior: undefined };
  const planned = plannedChange(schema, config, found);
  const local = Object.keys(noun.local).map((name) => [name, planned[name] ?? null] as const);
  return { noun, key, config, planned, prior: { ...found, ...Object.fromEntries(local) } };
}

/** The noun of a type; a plan never holds another. */
export function nounOf<Session>(nouns: readonly Noun<Session>[], type: string): Noun<Session> {
  const noun = nouns.find(({ resource }) => resource.type === type);
  if (noun === undefined) throw new Error(`${type} is no reconcilable type`);
  return noun;
}

function unidentified(address: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'Its name is known only after an apply',
    detail:
      'Without a state an object is recognized by its name, so the name must be a literal or refer to one.',
    path: [address],
  });
}

function ambiguous(address: string, label: string, key: string, count: number): Problem {
  return new Problem({
    code: 'conflict',
    summary: `There are ${count} objects of the kind ${label} named "${key}"`,
    detail: 'Which one is meant cannot be told. Delete or rename the others where BrowserStack shows them.',
    path: [address],
  });
}
