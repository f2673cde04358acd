import { ManualClock } from '../../src/clock.ts';
import { Problem } from '../../src/errors.ts';
import type { Operation } from '../../src/lifecycle/operation.ts';
import type { Resource } from '../../src/lifecycle/resource.ts';
import type { JsonObject } from '../../src/reconcile/canonical.ts';
import { type ConfiguredStack, readConfigured } from '../../src/reconcile/input/configured.ts';
import { emptyInventory, type Inventory, type OwnedObject } from '../../src/reconcile/inventory/inventory.ts';
import { Reconciler } from '../../src/reconcile/reconciler.ts';
import { ResourceTypes } from '../../src/reconcile/resource-types.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import { lengthBetween } from '../../src/schema/validators.ts';
import { isUnknown } from '../../src/schema/value.ts';

export interface Room {
  readonly name: string;
}
export interface Chair {
  readonly label: string;
  readonly room: string | null;
  readonly color: string;
  readonly serial: number;
}

/** A house with rooms and chairs: the smallest world with links, updates, replacements and protections. */
export class House {
  rooms: readonly Room[] = [];
  chairs: readonly Chair[] = [];
  /** Every call, e.g. `list rooms`, `create chair a`. */
  readonly calls: string[] = [];
  /** Chairs can be carried from room to room. */
  wheels = false;
  /** Calls that fail, and with what. */
  readonly broken = new Map<string, Problem>();
  #serial = 0;

  call(name: string): void {
    this.calls.push(name);
    const problem = this.broken.get(name);
    if (problem !== undefined) throw problem;
  }

  nextSerial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  furnish(rooms: readonly string[], chairs: readonly Omit<Chair, 'serial'>[] = []): void {
    this.rooms = [...this.rooms, ...rooms.map((name) => ({ name }))];
    this.chairs = [...this.chairs, ...chairs.map((chair) => ({ ...chair, serial: this.nextSerial() }))];
  }
}

const roomSchema = defineSchema({
  description: 'A room.',
  attributes: {
    name: attribute.string({
      required: true,
      requiresReplace: true,
      validate: [lengthBetween(1, 20)],
      description: 'Name.',
    }),
  },
});

const room: Resource<House, typeof roomSchema> = {
  type: 'toy_room',
  schema: roomSchema,
  async read(prior, { session }) {
    return session.rooms.find(({ name }) => name === prior.name);
  },
  async create({ name }, { session }) {
    if (isUnknown(name)) throw new Error('the name is unknown');
    session.call(`create room ${name}`);
    session.furnish([name]);
    return { name };
  },
  async delete({ name }, { session }) {
    session.call(`delete room ${name}`);
    session.rooms = session.rooms.filter((one) => one.name !== name);
  },
  async list({ session }) {
    session.call('list rooms');
    return session.rooms;
  },
  naturalKey: ({ name }) => (typeof name === 'string' ? name : undefined),
};

const chairSchema = defineSchema({
  description: 'A chair.',
  attributes: {
    label: attribute.string({ required: true, requiresReplace: true, description: 'Label.' }),
    room: attribute.string({ optional: true, requiresReplace: true, description: 'Room.' }),
    color: attribute.string({ optional: true, default: 'brown', description: 'Color.' }),
    glued: attribute.bool({ optional: true, default: false, stateOnly: true, description: 'Protected.' }),
    serial: attribute.integer({ computed: true, description: 'Serial number.' }),
  },
});

const chair: Resource<House, typeof chairSchema> = {
  type: 'toy_chair',
  schema: chairSchema,
  identity: {
    version: 0,
    attributes: { serial: attribute.integer({ required: true, description: 'Serial number.' }) },
  },
  links: { room: { type: 'toy_room', attribute: 'name' } },
  async plan({ action, prior, replaces }, { session, warn }) {
    if (session?.wheels && action === 'replace') return { inPlace: replaces };
    if ((action === 'replace' || action === 'delete') && prior?.glued)
      throw new Problem({ code: 'refused', summary: `Chair ${prior.label} is glued` });
    if (action === 'replace')
      warn({
        diagnostic: 'changed_elsewhere',
        summary: 'The serial changes',
        detail: 'It is another chair.',
      });
    return undefined;
  },
  async read(prior, { session }) {
    const found = session.chairs.find(({ serial }) => serial === prior.serial);
    return found && { ...found, glued: prior.glued };
  },
  async create(planned, { session, save }) {
    const { label, room: where, color, glued } = known(planned);
    session.call(`create chair ${label}`);
    session.furnish([], [{ label, room: where, color }]);
    const serial = session.chairs.at(-1)?.serial ?? 0;
    const state = { label, room: where, color, glued, serial };
    save(state);
    session.call(`paint chair ${label}`);
    return state;
  },
  async update(planned, prior, { session }) {
    const { label, room: where, color, glued } = known(planned);
    session.call(`update chair ${label}`);
    session.chairs = session.chairs.map((one) =>
      one.label === label ? { ...one, color, room: where } : one,
    );
    return { ...prior, color, room: where, glued };
  },
  async delete({ label, serial }, { session }) {
    session.call(`delete chair ${label}`);
    session.chairs = session.chairs.filter((one) => one.serial !== serial);
  },
  async list({ session }) {
    session.call('list chairs');
    return session.chairs.map((one) => ({ ...one, glued: true }));
  },
  naturalKey: ({ label }) => (typeof label === 'string' ? label : undefined),
};

function known<T extends object>(planned: T): { [K in keyof T]: Exclude<T[K], { refinements: unknown }> } {
  // The engine promises known arguments; `serial` is the service's own and not looked at.
  return planned as never;
}

const toyTypes = new ResourceTypes<House>([room, chair]);

/** A stack of resource blocks as a synthesized one would hold them. */
export function stack(resource: JsonObject, rest: JsonObject = {}): ConfiguredStack {
  const file = { path: 'cdk.tf.json', json: { resource, ...rest } };
  return readConfigured([file], { name: 'toy', resources: toyTypes.all });
}

export function reconcilerOf(house: House, signal = new AbortController().signal): Reconciler<House> {
  const op: Operation<House> = {
    session: house,
    clock: new ManualClock(new Date(NOW)),
    signal,
    warn: () => {},
    progress: () => {},
  };
  return new Reconciler<House>({ types: toyTypes, op, forget: () => {} });
}

export const NOW = '2026-01-01T00:00:00.000Z';
export const nothingOwned: Inventory = emptyInventory('toy');

/** Everything in the house belongs to the stack; blocks are called like what they declare. */
export function allOwned(house: House): Inventory {
  const used = new Map<string, number>();
  const addressOf = (type: string, name: string) => {
    const count = (used.get(`${type}.${name}`) ?? 0) + 1;
    used.set(`${type}.${name}`, count);
    return `${type}.${name}${count === 1 ? '' : `_${count}`}`;
  };
  const entry = (type: string, name: string, state: JsonObject): OwnedObject => ({
    ...{ address: addressOf(type, name), type, name, state },
    ...{ schemaVersion: 0, marks: {}, since: NOW },
  });
  return {
    ...nothingOwned,
    objects: [
      ...house.rooms.map(({ name }) => entry('toy_room', name, { name })),
      ...house.chairs.map((one) => entry('toy_chair', one.label, { ...one, glued: false })),
    ],
  };
}

/** `${…}`, as it stands in a JSON configuration. */
export function ref(expression: string): string {
  return `\${${expression}}`;
}
