// One schedule: an account (or a pair), a few intended rotations, a mishap at each, and a look at what became of the
// key. Everything is drawn from one seed, so that a schedule that fails can be run again.

import type { ObjectValue, Value } from '../../../src/schema/value.ts';
import { Chances } from '../chances.ts';
import { type Applied, configOf, Failed, failed, Process, type SavedPlan } from './engine.ts';
import { drawMishap, laggingList, type Mishap } from './mishap.ts';
import { World } from './world.ts';

export interface Verdict {
  readonly seed: number;
  /** Keys that somebody should know and nobody does, and intended rotations that never happened. */
  readonly lost: number;
  /** Rotations more than were intended. */
  readonly doubled: number;
  /** The same, when two ran at once or one plan was applied twice. */
  readonly rotatedTwice: number;
  /** What happened, for the person who looks into a failure. Never holds a key. */
  readonly story: readonly string[];
  /** What went wrong, once for each time it really did. */
  readonly met: readonly string[];
}

type Cause = 'trigger' | 'due' | 'nothing' | 'foreign' | 'foreign and trigger';
const CALM: Mishap = { kind: 'nothing' };
const DAY = 86_400_000;
const KEY = 'browserstack_access_key';
const PAIR = 'browserstack_credential_pair';

export async function runSchedule(seed: number): Promise<Verdict> {
  const chances = new Chances(seed);
  const merciful = chances.below(5) === 0;
  const world = await World.open(seed, merciful);
  try {
    return await new Schedule(seed, chances, world, merciful).run();
  } finally {
    await world.close();
  }
}

class Schedule {
  readonly #chances: Chances;
  readonly #world: World;
  readonly #merciful: boolean;
  readonly #type: string;
  readonly #scheduled: boolean;
  readonly #exports: boolean;
  readonly #verdict;
  #trigger = 0;
  #note = 0;
  /** One state file, or two that look after the same account. */
  #states: (ObjectValue | null)[] = [null];

  constructor(seed: number, chances: Chances, world: World, merciful: boolean) {
    this.#chances = chances;
    this.#world = world;
    this.#merciful = merciful;
    this.#type = this.#chances.oneOf(KEY, KEY, PAIR);
    this.#scheduled = this.#chances.oneOf(true, false);
    this.#exports = this.#chances.oneOf(true, false);
    this.#verdict = {
      seed,
      lost: 0,
      doubled: 0,
      rotatedTwice: 0,
      story: [] as string[],
      met: [] as string[],
    };
  }

  async run(): Promise<Verdict> {
    const story = this.#verdict.story;
    story.push(
      `${this.#type}${this.#scheduled ? ', every 30 days' : ''}${this.#exports ? ', exported' : ''}${this.#merciful ? ', old keys live on' : ''}`,
    );
    await this.#recover();
    const events = 1 + this.#chances.below(4);
    for (let event = 0; event < events; event += 1) await this.#event();
    return this.#verdict;
  }

  async #event(): Promise<void> {
    const cause = this.#drawCause();
    const mishap = drawMishap(this.#chances, cause === 'due', this.#merciful);
    const before = this.#world.rotations;
    const twins = mishap.kind === 'two at once';
    this.#states = twins ? [this.#states[0] ?? null, this.#states[0] ?? null] : [this.#states[0] ?? null];
    this.#verdict.story.push(`${cause}; ${JSON.stringify(mishap)}`);
    const early = mishap.kind === 'planned before it was due' ? await this.#planEarly() : undefined;
    await this.#bring(cause);
    if (early !== undefined) await this.#applyEarly(early, before);
    else await this.#suffer(mishap);
    this.#world.local.clearFaults();
    if (mishap.kind === 'list lags behind afterwards') await this.#runOnLaggingList();
    await this.#recover();
    this.#judge(cause, this.#world.rotations - before, twins || mishap.kind === 'applied twice');
  }

  #drawCause(): Cause {
    // With a schedule, a pair holds triggers back until it is due: the retired credential is in use.
    if (this.#type === PAIR && this.#scheduled)
      return this.#chances.oneOf('due', 'due', 'nothing', 'foreign');
    if (this.#scheduled)
      return this.#chances.oneOf('due', 'trigger', 'nothing', 'foreign', 'foreign and trigger');
    return this.#chances.oneOf('trigger', 'trigger', 'nothing', 'foreign', 'foreign and trigger');
  }

  async #bring(cause: Cause): Promise<void> {
    if (cause.startsWith('foreign')) await this.#world.rotateElsewhere(String(this.#states[0]?.username));
    if (cause.endsWith('trigger')) this.#trigger += 1;
    if (cause === 'due') this.#world.clock.advance(31 * DAY);
    else this.#world.clock.advance(60_000);
    if (cause === 'nothing') this.#note += 1;
  }

  async #suffer(mishap: Mishap): Promise<void> {
    const [backup = null] = this.#states;
    this.#world.local.clearRequests();
    const { kind, faults = [] } = mishap;
    if (kind === 'killed while planning') this.#world.local.inject(faults);
    const plans = await Promise.all(this.#states.map((state) => this.#plan(state, mishap)));
    if (kind !== 'killed while planning') this.#world.local.inject(faults);
    if (mishap.kind === 'applied a day later') this.#world.clock.advance(DAY);
    await Promise.all(plans.map((plan, index) => this.#applyInto(index, plan, mishap)));
    const [plan] = plans;
    if (mishap.kind === 'applied twice') await this.#applyInto(0, plan, CALM);
    if (mishap.kind === 'state restored from a backup') this.#states[0] = backup;
    this.#remember(mishap);
  }

  #remember({ kind }: Mishap): void {
    const { met } = this.#verdict;
    if (kind !== 'fault' && !kind.startsWith('killed')) met.push(kind);
    for (const { method, path, faults = [] } of this.#world.local.requests())
      for (const fault of faults) met.push(`${fault} at ${method} ${path}`);
  }

  /** One whole run while the list still shows the key that was before. */
  async #runOnLaggingList(): Promise<void> {
    this.#world.local.inject(laggingList);
    await this.#applyInto(0, await this.#plan(this.#states[0] ?? null), CALM);
    this.#world.local.clearFaults();
    // An old list is no reason to forget a key.
    if (!this.#world.isKnownTo(this.#states[0])) {
      this.#verdict.lost += 1;
      this.#verdict.story.push('  a list that lagged behind made the state forget the key');
    }
  }

  async #applyInto(index: number, plan: SavedPlan | Failed | undefined, mishap: Mishap): Promise<void> {
    if (plan === undefined || plan instanceof Failed) return;
    const applied = await this.#apply(plan, mishap);
    if (applied instanceof Failed || mishap.kind === 'state write refused') return;
    this.#states[index] = applied.state;
  }

  async #plan(state: ObjectValue | null, { kind, kill }: Mishap = CALM): Promise<SavedPlan | Failed> {
    const process = await Process.start(
      this.#world.place,
      kind === 'killed while planning' ? kill : undefined,
    );
    const config = configOf(process.schemaOf(this.#type), this.#config());
    const plan = await process.plan(this.#type, config, state, kind !== 'planned without refresh');
    this.#noteDeath(process);
    return plan;
  }

  async #apply(plan: SavedPlan, { kill }: Mishap): Promise<Applied | Failed> {
    const process = await Process.start(this.#world.place, kill);
    const applied = await process.apply(plan);
    this.#noteDeath(process);
    return applied;
  }

  #noteDeath({ diedAt }: Process): void {
    if (diedAt !== undefined) this.#verdict.met.push(`killed ${diedAt}`);
  }

  /** A plan that changes something else, made while nothing is due yet. */
  async #planEarly(): Promise<SavedPlan | Failed> {
    this.#note += 1;
    return this.#plan(this.#states[0] ?? null);
  }

  async #applyEarly(plan: SavedPlan | Failed, before: number): Promise<void> {
    await this.#applyInto(0, plan, CALM);
    this.#verdict.doubled += this.#world.rotations - before;
  }

  /** Runs again, as a person or a pipeline does, until there is nothing left to do. */
  async #recover(): Promise<void> {
    for (const [index] of this.#states.entries()) {
      for (let attempt = 0; ; attempt += 1) {
        const plan = await this.#plan(this.#states[index] ?? null);
        if (plan instanceof Failed) throw new Error(`a plan failed: ${said(plan)}`);
        if (plan.isNoop) {
          this.#states[index] = plan.prior;
          break;
        }
        if (attempt === 5) throw new Error('the plan never comes to rest');
        const applied = await this.#apply(plan, CALM);
        if (failed(applied.diagnostics)) throw new Error(`an apply failed: ${said(applied)}`);
        if (!(applied instanceof Failed)) this.#states[index] = applied.state;
      }
    }
  }

  #judge(cause: Cause, keys: number, twins: boolean): void {
    const intended = cause === 'nothing' ? 0 : 1;
    const surplus = Math.max(0, keys - intended);
    if (twins) this.#verdict.rotatedTwice += surplus;
    else this.#verdict.doubled += surplus;
    const missed = Math.max(0, intended - keys);
    const unknown = this.#states.filter((state) => !this.#world.isKnownTo(state)).length;
    this.#verdict.lost += missed + unknown;
    this.#verdict.story.push(`  ${keys} of ${intended} rotations, ${unknown} states off`);
  }

  #config(): Readonly<Record<string, Value>> {
    return {
      ...(this.#type === KEY ? { username: 'ci_a' } : { username_a: 'ci_a', username_b: 'ci_b' }),
      triggers: new Map([['reason', `incident ${this.#trigger}`]]),
      rotate_after_days: this.#scheduled ? 30 : null,
      export_access_key: this.#exports,
      consumers: [`note ${this.#note}`],
    };
  }
}

function said({ diagnostics }: Applied | Failed): string {
  return diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join('; ');
}
