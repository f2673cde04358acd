// As much of Terraform as it takes to lose a key: refresh, plan, a saved plan, apply in another process, a state that
// is written afterwards or not at all.

import type { Agent } from 'undici';
import type { Clock } from '../../../src/clock.ts';
import { createProvider } from '../../../src/provider/create-provider.ts';
import type { Diagnostic, Provider } from '../../../src/provider/provider.ts';
import { browserstackProvider } from '../../../src/resources/index.ts';
import { equal } from '../../../src/schema/equal.ts';
import { impliedType, type Schema } from '../../../src/schema/schema.ts';
import { type ObjectValue, objectValue, unknown, type Value } from '../../../src/schema/value.ts';
import { type KeyHistory, type Kill, Wire } from './network.ts';

export interface Place {
  readonly url: string;
  readonly agent: Agent;
  readonly clock: Clock;
  readonly history: KeyHistory;
  /** More of the provider block. */
  readonly settings?: Readonly<Record<string, Value>>;
}

/** One process of the provider, from its start to its end or its death. */
export class Process {
  readonly provider: Provider;
  readonly #wire: Wire;

  private constructor(provider: Provider, wire: Wire) {
    this.provider = provider;
    this.#wire = wire;
  }

  static async start({ url, agent, clock, history, settings = {} }: Place, kill?: Kill): Promise<Process> {
    const wire = new Wire(history, kill);
    const dispatcher = agent.compose(wire.interceptor);
    const surroundings = { env: {}, dispatcher: async () => dispatcher, random: () => 0, version: '0.0.0' };
    const provider = createProvider(browserstackProvider(surroundings), { clock, log: () => {} });
    const given: Record<string, Value> = {
      username: 'owner',
      access_key: 'owner-key',
      base_url: url,
      requests_per_minute: 100_000,
      request_burst: 1000,
      ...settings,
    };
    const names = Object.keys(provider.schemas.provider.attributes);
    const config = objectValue(names.map((name) => [name, given[name] ?? null] as const));
    const { diagnostics } = await provider.configure(config, '1.11.4');
    refuse(diagnostics);
    return new Process(provider, wire);
  }

  schemaOf(type: string): Schema {
    const schema = this.provider.schemas.resources[type];
    if (schema === undefined) throw new Error(`no resource ${type}`);
    return schema;
  }

  /** What the provider answers, or nothing when the process is killed first. */
  #ask<T>(call: (provider: Provider, signal: AbortSignal) => Promise<T>): Promise<T | Killed> {
    const { signal } = new AbortController();
    return Promise.race([call(this.provider, signal), this.#wire.killed.then((): Killed => KILLED)]);
  }

  /** Where it was killed; `undefined` while it lives. */
  get diedAt(): string | undefined {
    return this.#wire.diedAt;
  }

  async plan(
    type: string,
    config: ObjectValue,
    state: ObjectValue | null,
    refresh = true,
  ): Promise<SavedPlan | Failed> {
    const seen = state === null || !refresh ? { state, diagnostics: [] } : await this.#refresh(type, state);
    if (seen instanceof Failed) return seen;
    const prior = seen.state;
    const proposed = proposedNew(this.schemaOf(type), config, prior);
    const answer = await this.#ask((provider, signal) =>
      provider.planResourceChange({ type, config, prior, proposed, signal }),
    );
    if (answer === KILLED) return new Failed('killed', []);
    if (failed(answer.diagnostics)) return new Failed('error', answer.diagnostics);
    const { planned } = answer;
    const diagnostics = [...seen.diagnostics, ...answer.diagnostics];
    if (answer.replaces.length > 0) throw new Error('a plan replaces');
    const isNoop = prior !== null && equal(impliedType(this.schemaOf(type)), prior, planned);
    return { type, config, prior, planned, isNoop, diagnostics };
  }

  async #refresh(type: string, state: ObjectValue): Promise<Applied | Failed> {
    const read = await this.#ask((provider, signal) => provider.readResource({ type, state, signal }));
    if (read === KILLED) return new Failed('killed', []);
    return failed(read.diagnostics) ? new Failed('error', read.diagnostics) : read;
  }

  /** Applies a saved plan. Asks for the plan again first, as Terraform does: the answer must be the same. */
  async apply(plan: SavedPlan): Promise<Applied | Failed> {
    const { type, config, prior, planned } = plan;
    if (plan.isNoop) return { state: prior, diagnostics: [] };
    const proposed = proposedNew(this.schemaOf(type), config, prior);
    const again = await this.#ask((provider, signal) =>
      provider.planResourceChange({ type, config, prior, proposed, signal }),
    );
    if (again === KILLED) return new Failed('killed', []);
    if (failed(again.diagnostics)) return new Failed('error', again.diagnostics);
    if (!equal(impliedType(this.schemaOf(type)), again.planned, planned))
      throw new Error('the provider planned another thing when it was asked again');
    const answer = await this.#ask((provider, signal) =>
      provider.applyResourceChange({ type, config, prior, planned, signal }),
    );
    if (answer === KILLED) return new Failed('killed', []);
    return answer;
  }
}

export interface SavedPlan {
  readonly type: string;
  readonly config: ObjectValue;
  /** The state as it was refreshed for this plan. */
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue | null;
  readonly isNoop: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Applied {
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A plan or an apply that brought nothing; what stood in the state file stands there still. */
export class Failed {
  readonly how: 'killed' | 'error';
  readonly diagnostics: readonly Diagnostic[];

  constructor(how: 'killed' | 'error', diagnostics: readonly Diagnostic[]) {
    this.how = how;
    this.diagnostics = diagnostics;
  }
}

const KILLED: unique symbol = Symbol('killed');
type Killed = typeof KILLED;

export function failed(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** A configuration with everything that is not given left out. */
export function configOf(schema: Schema, given: Readonly<Record<string, Value>>): ObjectValue {
  return objectValue(Object.keys(schema.attributes).map((name) => [name, given[name] ?? null] as const));
}

/** Terraform's own merge: what is configured stands; what is computed and not configured keeps its value. */
function proposedNew({ attributes }: Schema, config: ObjectValue, prior: ObjectValue | null): ObjectValue {
  return objectValue(
    Object.entries(attributes).map(([name, { options }]) => {
      const configured = config[name] ?? null;
      const computed = 'computed' in options || 'default' in options;
      if (configured !== null || !computed) return [name, configured] as const;
      return [name, prior === null ? unknown : (prior[name] ?? null)] as const;
    }),
  );
}

function refuse(diagnostics: readonly Diagnostic[]): void {
  if (failed(diagnostics)) throw new Error(diagnostics.map(({ detail }) => detail).join('\n'));
}
