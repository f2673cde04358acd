// A provider for a cloud that is a Map: everything a schema can have, and a knob for everything a noun can do wrong.

import type { Clock } from '../../src/clock.ts';
import { Problem } from '../../src/errors.ts';
import type { WriteOperation } from '../../src/lifecycle/operation.ts';
import type { ProviderDefinition } from '../../src/lifecycle/provider-definition.ts';
import type { Resource } from '../../src/lifecycle/resource.ts';
import { stringType } from '../../src/schema/type.ts';
import type { ObjectValue } from '../../src/schema/value.ts';
import {
  configurationSchema,
  dataSchema,
  immutableSchema,
  type ThingState,
  thingSchema,
} from './toy-schema.ts';
import { madeThing } from './toy-thing.ts';

/** The remote: what exists, and how it behaves today. */
export class Toy {
  readonly things = new Map<string, ThingState>();
  readonly log: string[] = [];
  #next = 1;
  /** Changes what a noun answers, to make it wrong. */
  distort: (state: ThingState, step: 'create' | 'update' | 'read' | 'plan') => unknown = (state) => state;
  /** Called in the middle of each write, after the object was made. */
  midway: (step: string, op: WriteOperation<ToySession, ThingState>) => Promise<void> = async () => undefined;
  /** What the noun plans; undefined leaves the plan alone. */
  plan: NonNullable<Resource<ToySession, typeof thingSchema>['plan']> = async () => undefined;

  nextId(): string {
    const id = `thing-${this.#next}`;
    this.#next += 1;
    return id;
  }
}

export interface ToySession {
  readonly toy: Toy;
  readonly prefix: string;
}

export const TOY_ADDRESS = 'registry.terraform.io/browserstack-iac/toy';

export function toyDefinition(toy: Toy): ProviderDefinition<ToySession, typeof configurationSchema> {
  return {
    name: 'toy',
    version: '0.1.0',
    schema: configurationSchema,
    async configure({ prefix, fail }) {
      if (fail === true) throw new Problem({ code: 'unauthorized', summary: 'No such user', path: ['fail'] });
      return { toy, prefix: typeof prefix === 'string' ? prefix : '' };
    },
    resources: [thing(toy), immutable(toy)],
    dataSources: [
      {
        type: 'toy_thing',
        schema: dataSchema,
        async read({ id }) {
          const found = toy.things.get(String(id));
          if (found === undefined)
            throw new Problem({ code: 'not_found', summary: `No thing "${id}"`, path: ['id'] });
          return { id: found.id, name: found.name, size: found.size };
        },
      },
    ],
    ephemeralResources: [
      {
        type: 'toy_token',
        schema: dataSchema,
        async open({ id }, { clock }) {
          toy.log.push(`open ${id}`);
          const renewAt = new Date(clock.now().getTime() + 60_000);
          return {
            result: { id: String(id), name: `token of ${id}`, size: 1 },
            renewAt,
            private: new Uint8Array([7]),
          };
        },
        async renew(secret, { clock }) {
          toy.log.push(`renew ${secret?.[0]}`);
          return { renewAt: new Date(clock.now().getTime() + 60_000) };
        },
        async close(secret, { signal }) {
          signal.throwIfAborted();
          toy.log.push(`close ${secret?.[0]}`);
        },
      },
    ],
    functions: [
      {
        name: 'shout',
        summary: 'Louder',
        description: 'In capitals.',
        parameters: [{ name: 'text', type: stringType, description: 'What.' }],
        returns: stringType,
        call([text]) {
          if (text === '')
            throw new Problem({ code: 'invalid_input', summary: 'Nothing to shout', path: [0] });
          return String(text).toUpperCase();
        },
      },
    ],
    actions: [
      {
        type: 'toy_poke',
        schema: { description: 'Pokes.', attributes: { id: dataSchema.attributes.id } },
        async invoke({ id }, { progress }) {
          progress('poking');
          if (!toy.things.has(String(id)))
            throw new Problem({ code: 'not_found', summary: `No thing "${id}"` });
          progress('poked');
        },
      },
    ],
    listResources: [
      {
        type: 'toy_thing',
        schema: { description: 'Finds things.', attributes: {} },
        async *list(_config, { signal }) {
          for (const state of toy.things.values()) {
            signal.throwIfAborted();
            yield {
              displayName: state.name,
              identity: { id: state.id },
              state: state as unknown as ObjectValue,
            };
          }
        },
      },
    ],
  };
}

function thing(toy: Toy): Resource<ToySession, typeof thingSchema> {
  return {
    type: 'toy_thing',
    schema: thingSchema,
    identity: { version: 0, attributes: { id: dataSchema.attributes.id } },
    validate: ({ name, size }) =>
      name === 'big' && size === 1
        ? [new Problem({ code: 'invalid_input', summary: 'Too small to be big', path: ['size'] })]
        : [],
    plan: (change, op) => toy.plan(change, op),
    async read(prior) {
      const found = toy.things.get(prior.id);
      return found && (toy.distort(found, 'read') as ThingState);
    },
    async create(planned, op) {
      const state = madeThing(planned, undefined, toy.nextId(), op.session.prefix);
      toy.things.set(state.id, state);
      toy.log.push(`create ${state.name} ${planned.password ?? ''}`.trim());
      await toy.midway('create', op);
      return toy.distort(state, 'create') as ThingState;
    },
    async update(planned, prior, op) {
      const state = madeThing(planned, prior, prior.id, op.session.prefix);
      await toy.midway('update', op);
      toy.things.set(state.id, state);
      toy.log.push(`update ${state.name}`);
      return toy.distort(state, 'update') as ThingState;
    },
    async delete({ id, name }, op) {
      await toy.midway('delete', op);
      toy.things.delete(id);
      toy.log.push(`delete ${name}`);
    },
    async importState(id) {
      if (!toy.things.has(id)) throw new Problem({ code: 'not_found', summary: `No thing "${id}"` });
      return { id };
    },
    importIdentity: async ({ id }) => ({ id: String(id) }),
    identityOf: ({ id }) => ({ id }),
    naturalKey: ({ name }) => (typeof name === 'string' ? name : undefined),
    upgrades: {
      0: ({ title, ...rest }) => ({ ...rest, name: title ?? null }),
      1: (old) => ({ ...old, size: 1 }),
    },
    complete: (stored) => (stored.name === 'incomplete' ? { ...stored, note: 'completed' } : stored),
    moveFrom: ({ type, state }) =>
      type === 'terraform_data' ? madeThing({ name: 'moved' }, undefined, String(state.id), '') : undefined,
  };
}

/** Has no update: every change of what a user can set replaces. */
function immutable(toy: Toy): Resource<ToySession, typeof immutableSchema> {
  return {
    type: 'toy_immutable',
    schema: immutableSchema,
    read: async (prior) => prior,
    async create({ name, size }) {
      toy.log.push(`create ${name}`);
      return { id: toy.nextId(), name: String(name), size: Number(size) };
    },
    async delete({ name }) {
      toy.log.push(`delete ${name}`);
    },
  };
}

/** Nothing logged, nothing real. */
export function quiet(clock: Clock) {
  return { clock, log: () => undefined };
}
