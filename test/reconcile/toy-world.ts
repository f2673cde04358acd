import { ManualClock } from '../../src/clock.ts';
import { Problem } from '../../src/errors.ts';
import type { Operation } from '../../src/lifecycle/operation.ts';
import type { Resource } from '../../src/lifecycle/resource.ts';
import type { JsonObject } from '../../src/reconcile/canonical.ts';
import { type Desired, readDesired } from '../../src/reconcile/input/desired.ts';
import { nounsOf } from '../../src/reconcile/noun.ts';
import { Reconciler } from '../../src/reconcile/reconciler.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import { lengthBetween } from '../../src/schema/validators.ts';
import { isUnknown, type ObjectValue } from '../../src/schema/value.ts';

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
  read: async (prior) => prior,
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
    glued: attribute.bool({ optional: true, default: true, description: 'Protected.' }),
    serial: attribute.integer({ computed: true, description: 'Serial number.' }),
  },
});

const chair: Resource<House, typeof chairSchema> = {
  type: 'toy_chair',
  schema: chairSchema,
  async plan({ action, prior, replaces }, { session, warn }) {
    if (session?.wheels && action === 'replace') return { inPlace: replaces };
    if ((action === 'replace' || action === 'delete') && prior?.glued)
      throw new Problem({ code: 'refused', summary: `Chair ${prior.label} is glued` });
    if (action === 'replace') warn({ summary: 'The serial changes', detail: 'It is another chair.' });
    return undefined;
  },
  read: async (prior) => prior,
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

export const toyNouns = nounsOf<House>(
  // Resources of different schemas stand in one list; each is only ever given its own objects.
  [chair, room] as unknown as readonly Resource<House>[],
  [
    { type: 'toy_room', label: 'room' },
    {
      type: 'toy_chair',
      label: 'chair',
      local: { glued: false },
      links: { room: { type: 'toy_room', attribute: 'name' } },
    },
  ],
);

/** Desired state from resource blocks as a stack would hold them. */
export function stack(resource: JsonObject, rest: JsonObject = {}): Desired {
  const types = new Map(toyNouns.map((noun) => [noun.resource.type, true] as const));
  return readDesired([{ path: 'cdk.tf.json', json: { resource, ...rest } }], 'toy', types);
}

export function reconcilerOf(house: House): Reconciler<House> {
  const op: Operation<House> = {
    session: house,
    clock: new ManualClock(),
    signal: new AbortController().signal,
    warn: () => {},
    progress: () => {},
  };
  return new Reconciler<House>({ nouns: toyNouns, op, forget: () => {} });
}

/** The objects of a list, as the planner sees them. */
export function seen(house: House): ReadonlyMap<string, readonly ObjectValue[]> {
  return new Map<string, readonly ObjectValue[]>([
    ['toy_room', house.rooms.map((one) => ({ ...one }))],
    ['toy_chair', house.chairs.map((one) => ({ ...one, glued: true }))],
  ]);
}

/** `${…}`, as it stands in a JSON configuration. */
export function ref(expression: string): string {
  return `\${${expression}}`;
}
