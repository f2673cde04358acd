// One schedule: an account (or a pair), a few intended rotations, a mishap at each, and a look at what became of the
// key. Everything is drawn from one seed, so that a schedule that fails can be run again.

import { Agent } from 'undici';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../emulator/local-browserstack.ts';
import { keyFingerprint } from '../../resources/access-key/index.ts';
import type { ObjectValue, Value } from '../../schema/value.ts';
import { Secret } from '../../secret.ts';
import { type Applied, configOf, Failed, failed, type Place, Process, type SavedPlan } from './engine.ts';
import { drawMishap, type Mishap } from './mishap.ts';
import { KeyHistory } from './network.ts';
import { Chances } from './random.ts';
import { VirtualClock } from './virtual-clock.ts';

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
}

type Cause = 'trigger' | 'due' | 'nothing' | 'foreign' | 'foreign and trigger';
const DAY = 86_400_000;
const KEY = 'browserstack_access_key';
const PAIR = 'browserstack_credential_pair';

export async function runSchedule(seed: number): Promise<Verdict> {
  const clock = new VirtualClock();
  const local = await createLocalBrowserStack({ clock, rateLimit: 'off', randomSeed: seed, seed: SEED });
  const { url } = await local.listen();
  const agent = new Agent();
  try {
    const place: Place = { url, agent, clock, history: new KeyHistory(local) };
    return await new Schedule(seed, place, local, clock).run();
  } finally {
    await agent.destroy();
    await local.close();
  }
}

const SEED = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner', access_key: 'owner-key', role: 'owner' as const }],
  service_accounts: [
    { identifier: 'ci-a', username: 'ci_a' },
    { identifier: 'ci-b', username: 'ci_b' },
  ],
};

class Schedule {
  readonly #chances: Chances;
  readonly #place: Place;
  readonly #local: LocalBrowserStack;
  readonly #clock: VirtualClock;
  readonly #type: string;
  readonly #scheduled: boolean;
  readonly #exports: boolean;
  readonly #verdict;
  #trigger = 0;
  #note = 0;
  /** One state file, or two that look after the same account. */
  #states: (ObjectValue | null)[] = [null];

  constructor(seed: number, place: Place, local: LocalBrowserStack, clock: VirtualClock) {
    this.#chances = new Chances(seed);
    this.#place = place;
    this.#local = local;
    this.#clock = clock;
    this.#type = this.#chances.oneOf(KEY, KEY, PAIR);
    this.#scheduled = this.#chances.oneOf(true, false);
    this.#exports = this.#chances.oneOf(true, false);
    this.#verdict = { seed, lost: 0, doubled: 0, rotatedTwice: 0, story: [] as string[] };
  }

  async run(): Promise<Verdict> {
    const story = this.#verdict.story;
    story.push(
      `${this.#type}${this.#scheduled ? ', every 30 days' : ''}${this.#exports ? ', exported' : ''}`,
    );
    await this.#recover();
    const events = 1 + this.#chances.below(4);
    for (let event = 0; event < events; event += 1) await this.#event();
    return this.#verdict;
  }

  async #event(): Promise<void> {
    const cause = this.#drawCause();
    const mishap = drawMishap(this.#chances, cause === 'due');
    const before = this.#place.history.count;
    const twins = mishap.kind === 'two at once';
    this.#states = twins ? [this.#states[0] ?? null, this.#states[0] ?? null] : [this.#states[0] ?? null];
    this.#verdict.story.push(`${cause}; ${JSON.stringify(mishap)}`);
    const early = mishap.kind === 'planned before it was due' ? await this.#planEarly() : undefined;
    await this.#bring(cause);
    if (early !== undefined) await this.#applyEarly(early, before);
    else await this.#suffer(mishap);
    this.#local.clearFaults();
    await this.#recover();
    this.#judge(cause, this.#place.history.count - before, twins || mishap.kind === 'applied twice');
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
    if (cause.startsWith('foreign')) await this.#rotateElsewhere();
    if (cause.endsWith('trigger')) this.#trigger += 1;
    if (cause === 'due') this.#clock.advance(31 * DAY);
    else this.#clock.advance(60_000);
    if (cause === 'nothing') this.#note += 1;
  }

  /** Somebody with the key rotates it by hand, without any mishap. */
  async #rotateElsewhere(): Promise<void> {
    const username = String(this.#states[0]?.username);
    const key = this.#keyOf(username);
    const request = new Request(`${this.#place.url}/automate/recycle_key.json`, {
      method: 'PUT',
      headers: { authorization: `Basic ${btoa(`${username}:${key}`)}`, 'content-type': 'application/json' },
      body: '{}',
    });
    const { status } = await this.#local.fetch(request);
    if (status !== 200) throw new Error(`rotating elsewhere answered ${status}`);
  }

  async #suffer(mishap: Mishap): Promise<void> {
    const plans = await Promise.all(this.#states.map((state) => this.#plan(state)));
    if (mishap.faults !== undefined) this.#local.inject(mishap.faults);
    if (mishap.kind === 'applied a day later') this.#clock.advance(DAY);
    await Promise.all(plans.map((plan, index) => this.#applyInto(index, plan, mishap)));
    const [plan] = plans;
    if (mishap.kind === 'applied twice') await this.#applyInto(0, plan, { kind: 'nothing' });
  }

  async #applyInto(index: number, plan: SavedPlan | Failed | undefined, mishap: Mishap): Promise<void> {
    if (plan === undefined || plan instanceof Failed) return;
    const applied = await this.#apply(plan, mishap);
    if (applied instanceof Failed || mishap.kind === 'state write refused') return;
    this.#states[index] = applied.state;
  }

  async #plan(state: ObjectValue | null): Promise<SavedPlan | Failed> {
    const process = await Process.start(this.#place);
    return process.plan(this.#type, configOf(process.schemaOf(this.#type), this.#config()), state);
  }

  async #apply(plan: SavedPlan, mishap: Mishap): Promise<Applied | Failed> {
    return (await Process.start(this.#place, mishap.kill)).apply(plan);
  }

  /** A plan that changes something else, made while nothing is due yet. */
  async #planEarly(): Promise<SavedPlan | Failed> {
    this.#note += 1;
    return this.#plan(this.#states[0] ?? null);
  }

  async #applyEarly(plan: SavedPlan | Failed, before: number): Promise<void> {
    await this.#applyInto(0, plan, { kind: 'nothing' });
    this.#verdict.doubled += this.#place.history.count - before;
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
        const applied = await this.#apply(plan, { kind: 'nothing' });
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
    const unknown = this.#states.filter((state) => !this.#knows(state)).length;
    this.#verdict.lost += missed + unknown;
    this.#verdict.story.push(`  ${keys} of ${intended} rotations, ${unknown} states off`);
  }

  /** Whether a state holds the fingerprint of the very key that works now (and the key itself, if it exports it). */
  #knows(state: ObjectValue | null): boolean {
    if (state === null) return false;
    const username = String(state.username);
    const current = this.#keyOf(username);
    const exported = this.#exports ? state.access_key === current : state.access_key === null;
    return exported && state.key_fingerprint === keyFingerprint(username, new Secret(current));
  }

  #keyOf(username: string): string {
    const account = this.#local.accounts().find((one) => one.username === username);
    if (account === undefined) throw new Error(`the account ${username} is gone`);
    return account.accessKey;
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
