// What an apply writes down about what the stack owns.

import { isWhollyKnown, type ObjectValue, objectValue } from '../../schema/value.ts';
import type { EndedObject, OwnedObject } from '../inventory/inventory.ts';
import { Marks } from '../inventory/marks.ts';
import type { Owned } from '../inventory/owned.ts';
import type { PlanContext, Step } from '../plan/context.ts';
import { showable } from '../plan/differences.ts';
import { displayName } from '../resource-types.ts';
import type { Ledger } from './ledger.ts';

export class Recorder<Session> {
  readonly #ledger: Ledger | undefined;
  readonly #context: PlanContext<Session>;
  readonly #noted = new Map<Step<Session>, ObjectValue>();
  /** What is owned as far as this run has seen it: its marks may change while the run goes on. */
  readonly #owned = new Map<string, { readonly entry: OwnedObject; readonly state: ObjectValue }>();
  readonly #marks: Marks<Session>;

  constructor(ledger: Ledger | undefined, context: PlanContext<Session>) {
    this.#ledger = ledger;
    this.#context = context;
    this.#marks = new Marks(context.types, context.op);
  }

  /** It is about to be made. */
  async intend(step: Step<Session>, planned: ObjectValue): Promise<void> {
    await this.#ledger?.record({
      change: 'intend',
      object: { ...this.#entry(step, knownPart(planned), {}), pending: true },
    });
  }

  /** It was not made after all. */
  async withdraw({ action: { address } }: Step<Session>): Promise<void> {
    if (address !== null) await this.#ledger?.record({ change: 'disown', address });
  }

  async own(step: Step<Session>, state: ObjectValue): Promise<void> {
    this.#noted.delete(step);
    if (this.#ledger === undefined || step.action.address === null) return;
    await this.#readdress(step);
    await this.#record(this.#entry(step, state, await this.#marks.of(step.action.type, state)), state);
  }

  /** What exists so far; written down with `flush`, because a noun does not wait for it. */
  note(step: Step<Session>, state: ObjectValue): void {
    if (step.action.kind !== 'delete') this.#noted.set(step, state);
  }

  async flush(): Promise<void> {
    for (const [step, state] of [...this.#noted]) await this.own(step, state);
  }

  async ended(step: Step<Session>, how: EndedObject['how']): Promise<void> {
    const { type, name } = step.action;
    this.#noted.delete(step);
    await this.disown(step, { type, name, how, at: this.#context.op.clock.now().toISOString() });
  }

  async disown(
    { owned, action }: Pick<Step<Session>, 'owned' | 'action'>,
    ended?: EndedObject,
  ): Promise<void> {
    const address = owned?.recordedAt ?? action.address;
    if (address === null) return;
    await this.#ledger?.record({ change: 'disown', address, ...(ended === undefined ? {} : { ended }) });
  }

  /** Nothing is done about it; what is owned is written down as it is now. */
  async seen(step: Step<Session>): Promise<void> {
    const { action, owned, prior } = step;
    if (this.#ledger === undefined || !action.owned || owned === undefined || prior === undefined) return;
    const entry = this.#entry(step, prior, await this.#marks.of(action.type, prior));
    this.#owned.set(entry.address, { entry, state: prior });
    const isSame =
      JSON.stringify(entry) === JSON.stringify(owned.entry) && owned.recordedAt === entry.address;
    if (isSame) return;
    await this.#readdress(step);
    await this.#ledger.record({ change: 'own', object: entry });
  }

  /** At the end: what is gone is owned no longer, and a rotation has given an account another fingerprint. */
  async finish(gone: readonly Owned[]): Promise<void> {
    await this.flush();
    if (this.#ledger === undefined) return;
    for (const { recordedAt } of gone) await this.#ledger.record({ change: 'disown', address: recordedAt });
    this.#marks.forget();
    for (const { entry, state } of [...this.#owned.values()]) {
      const marks = await this.#marks.of(entry.type, state);
      if (JSON.stringify(marks) !== JSON.stringify(entry.marks))
        await this.#record({ ...entry, marks }, state);
    }
  }

  async #record(entry: OwnedObject, state: ObjectValue): Promise<void> {
    this.#owned.set(entry.address, { entry, state });
    await this.#ledger?.record({ change: 'own', object: entry });
  }

  /** A block that was relabelled or moved: the record follows. */
  async #readdress({ owned, action }: Step<Session>): Promise<void> {
    if (owned === undefined || owned.recordedAt === action.address) return;
    await this.#ledger?.record({ change: 'disown', address: owned.recordedAt });
  }

  #entry(
    { action, resource, owned }: Step<Session>,
    state: ObjectValue,
    marks: Readonly<Record<string, string | null>>,
  ): OwnedObject {
    return {
      address: action.address ?? '',
      type: action.type,
      name: displayName(resource, state),
      state: showable(resource.schema, state),
      schemaVersion: resource.schema.version ?? 0,
      marks,
      since: owned?.entry.since ?? this.#context.op.clock.now().toISOString(),
    };
  }
}

/** What is known of an object before it is made. */
function knownPart(planned: ObjectValue): ObjectValue {
  return objectValue(
    Object.entries(planned).map(([name, value]) => [name, isWhollyKnown(value) ? value : null] as const),
  );
}
