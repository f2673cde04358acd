// What Terraform does between configuration and provider, as far as tests need it: the proposal, plan, apply, refresh.

import { ManualClock } from '../../src/clock.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import type { ApplyAnswer, ObjectOrNull, PlanAnswerValues, Provider } from '../../src/provider/provider.ts';
import { conformObject } from '../../src/schema/conform.ts';
import { equal } from '../../src/schema/equal.ts';
import { impliedType } from '../../src/schema/schema.ts';
import { type BlockSchema, transform } from '../../src/schema/transform.ts';
import type { ObjectValue } from '../../src/schema/value.ts';
import { quiet, Toy, toyDefinition } from './toy-provider.ts';

/** The object a user wrote, as it comes over the wire: every name there, null where nothing was written. */
export function written(level: BlockSchema, config: Readonly<Record<string, unknown>>): ObjectValue {
  return conformObject(level, config, 'partial').value as ObjectValue;
}

/** Terraform's own merge: what is configured, else what is stored when the provider computes it. */
export function proposed(level: BlockSchema, config: ObjectOrNull, prior: ObjectOrNull): ObjectOrNull {
  if (config === null) return null;
  return transform(level, config, [prior], ({ attribute: { options, nested }, value, beside: [stored] }) => {
    if (nested?.nesting === 'set' && Array.isArray(value) && Array.isArray(stored))
      return value.map((element) => withStored(nested, element, stored));
    return value === null && isComputed(options) ? (stored ?? null) : undefined;
  });
}

/** An element of a set is taken for the stored one that has the same configured values. */
function withStored(level: BlockSchema, element: ObjectValue, stored: readonly ObjectValue[]): ObjectValue {
  const same = stored.find((old) => {
    const configured = transform(level, old, [element], ({ attribute: { options }, beside: [written] }) =>
      isComputed(options) && written === null ? null : undefined,
    );
    return equal(impliedType(level), configured, element);
  });
  return same === undefined ? element : (proposed(level, element, same) ?? element);
}

function isComputed(options: { readonly computed?: true; readonly default?: unknown }): boolean {
  return options.computed === true || options.default !== undefined;
}

export class StandInCore {
  readonly toy = new Toy();
  readonly clock = new ManualClock();
  readonly provider: Provider = createProvider(toyDefinition(this.toy), quiet(this.clock));
  readonly #type: string;

  constructor(type = 'toy_thing') {
    this.#type = type;
  }

  get schema() {
    return this.provider.schemas.resources[this.#type]!;
  }

  async configured(config: Readonly<Record<string, unknown>> = {}): Promise<this> {
    await this.provider.configure(written(this.provider.schemas.provider, config), '1.11.4');
    return this;
  }

  plan(config: Readonly<Record<string, unknown>> | null, prior: ObjectOrNull): Promise<PlanAnswerValues> {
    const object = config && written(this.schema, config);
    return this.provider.planResourceChange({
      type: this.#type,
      config: object,
      prior,
      proposed: proposed(this.schema, object, prior),
      signal: never,
    });
  }

  apply(
    config: Readonly<Record<string, unknown>> | null,
    prior: ObjectOrNull,
    planned: ObjectOrNull,
    signal: AbortSignal = never,
  ): Promise<ApplyAnswer> {
    const object = config && written(this.schema, config);
    return this.provider.applyResourceChange({ type: this.#type, config: object, prior, planned, signal });
  }

  /** Plan and apply, failing on any error; returns the new state. */
  async make(
    config: Readonly<Record<string, unknown>> | null,
    prior: ObjectOrNull = null,
  ): Promise<ObjectValue> {
    const plan = await this.plan(config, prior);
    if (plan.diagnostics.length > 0) throw new Error(JSON.stringify(plan.diagnostics));
    const done = await this.apply(config, plan.replaces.length > 0 ? null : prior, plan.planned);
    if (done.diagnostics.length > 0) throw new Error(JSON.stringify(done.diagnostics));
    return done.state as ObjectValue;
  }

  read(state: ObjectValue): Promise<ApplyAnswer> {
    return this.provider.readResource({ type: this.#type, state, signal: never });
  }
}

export const never: AbortSignal = new AbortController().signal;
