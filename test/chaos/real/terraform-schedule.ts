// One schedule with a real Terraform: an organization as code, whose key is handed to a store; a few changes, something
// that goes wrong at each, a person who runs it again and does what the errors say; and a look at what became of it.

import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyFingerprint } from '../../../src/resources/access-key/index.ts';
import { Secret } from '../../../src/secret.ts';
import { ENGINE } from '../../helpers/engine.ts';
import { Chances } from '../chances.ts';
import { configurationOf, identifierOf, teamOf, type Wish } from './configuration.ts';
import { drawLag, drawMishaps } from './mishap.ts';
import { type Ended, errorsIn, start } from './process.ts';
import { copyWorkspace, type Programs, serveVault } from './programs.ts';
import { type Mishap, nameOf, type Target } from './proxy.ts';
import { type Counts, noCounts, type Verdict } from './verdict.ts';
import { World } from './world.ts';

const DAY = 86_400_000;
/** A person gives up after so many runs. */
const RUNS = 8;

type Event =
  | 'made'
  | 'trigger'
  | 'due'
  | 'another identifier'
  | 'another team'
  | 'one more'
  | 'one less'
  | 'rotated elsewhere'
  | 'nothing';

/** What each event makes the programs do, in the first place. */
const DOES: Readonly<Record<Event, readonly [Target, ...Target[]]>> = {
  made: ['make account', 'make account', 'make team'],
  trigger: ['rotate'],
  due: ['rotate'],
  'another identifier': ['delete account', 'make account'],
  'another team': ['make team', 'delete team', 'delete account', 'make account'],
  'one more': ['make account'],
  'one less': ['delete account'],
  'rotated elsewhere': ['accounts', 'try'],
  nothing: ['accounts', 'teams', 'try'],
};

export async function runTerraform(seed: number, programs: Programs): Promise<Verdict> {
  const chances = new Chances(seed);
  const remembers = chances.below(4) > 0;
  // Where nothing is remembered and two may have one name, nobody could tell a second one from the first.
  const duplicates = remembers ? chances.oneOf('allow' as const, 'refuse' as const) : 'refuse';
  const world = await World.open(seed, { 'duplicate-identifier': duplicates });
  const contents = new Map<string, string>();
  const vault = await serveVault(contents);
  try {
    const directory = join(world.directory, 'workspace');
    await copyWorkspace(programs, directory);
    const env = { ...world.env(remembers), ...vault.env };
    const schedule = new TerraformSchedule(seed, chances, world, { directory, env, contents });
    schedule.tell(`${remembers ? 'remembers' : 'remembers nothing'}, equal identifiers: ${duplicates}`);
    return await schedule.run();
  } finally {
    vault.close();
    await world.close();
  }
}

interface Place {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly contents: ReadonlyMap<string, string>;
}

class TerraformSchedule {
  readonly #seed: number;
  readonly #chances: Chances;
  readonly #world: World;
  readonly #place: Place;
  readonly #counts: Counts = noCounts();
  readonly #story: string[] = [];
  readonly #wish: Wish = { team: 1, identifier: 1, more: false, incident: 1, scheduled: false };

  constructor(seed: number, chances: Chances, world: World, place: Place) {
    this.#seed = seed;
    this.#chances = chances;
    this.#world = world;
    this.#place = place;
  }

  tell(line: string): void {
    this.#story.push(line);
  }

  async run(): Promise<Verdict> {
    this.#wish.scheduled = this.#chances.oneOf(true, false);
    try {
      await this.#event('made');
      const events = 1 + this.#chances.below(3);
      for (let event = 0; event < events; event += 1) await this.#event(this.#drawEvent());
    } catch (error) {
      this.#counts.lost += 1;
      this.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const { met } = this.#world.proxy;
    return { kind: 'terraform', seed: this.#seed, ...this.#counts, story: this.#story, met };
  }

  #drawEvent(): Event {
    return this.#chances.oneOf<Event>(
      'trigger',
      'trigger',
      this.#wish.scheduled ? 'due' : 'trigger',
      'another identifier',
      'another team',
      this.#wish.more ? 'one less' : 'one more',
      'rotated elsewhere',
      'nothing',
    );
  }

  async #event(event: Event): Promise<void> {
    // Nothing of what was done before is so young that a list may lag behind it.
    this.#world.clock.advance(600_000);
    const before = this.#world.proxy.rotations;
    await this.#bring(event);
    await writeFile(join(this.#place.directory, 'main.tf'), configurationOf(this.#wish));
    const mishaps = drawMishaps(this.#chances, DOES[event], ['machine dies', 'provider crashes', 'Ctrl-C']);
    const lag = drawLag(this.#chances);
    this.tell(`${event}; lists lag ${lag} s; ${mishaps.map(nameOf).join(', ')}`);
    await this.#suffer(mishaps, lag);
    await this.#recover();
    this.#judge(this.#world.proxy.rotations - before, event === 'trigger' || event === 'due' ? 1 : 0);
  }

  async #bring(event: Event): Promise<void> {
    const wish = this.#wish;
    if (event === 'trigger') wish.incident += 1;
    if (event === 'due') this.#world.clock.advance(31 * DAY);
    if (event === 'another identifier') wish.identifier += 1;
    if (event === 'another team') wish.team += 1;
    if (event === 'one more' || event === 'one less') wish.more = event === 'one more';
    if (event === 'rotated elsewhere') await this.#world.rotateElsewhere(identifierOf(this.#wish));
  }

  async #suffer(mishaps: readonly Mishap[], lag: number): Promise<void> {
    const { proxy, local } = this.#world;
    proxy.arm(mishaps);
    this.#world.letListsLag(lag);
    const { code, output } = await this.#terraform('apply', '-auto-approve', '-parallelism=1');
    this.tell(`  ended with ${code ?? 'a kill'}${code === 0 ? '' : `: ${errorsIn(output)}`}`);
    proxy.calm();
    // The next run may come at once: then lists still lag.
    if (this.#chances.oneOf(true, false)) local.clearFaults();
  }

  /** Runs again, as a person does, who also does what the errors say. */
  async #recover(): Promise<void> {
    for (let run = 0; ; run += 1) {
      const { code, output } = await this.#terraform('apply', '-auto-approve', '-parallelism=1');
      if (run > 0) this.#world.local.clearFaults();
      if (code === 0) break;
      this.tell(`  again: ${errorsIn(output)}`);
      if (run === RUNS) throw new Error(`it never comes to rest:\n${output}`);
      await this.#follow(output);
    }
    this.#world.local.clearFaults();
    const { code, output } = await this.#terraform('plan', '-detailed-exitcode', '-parallelism=1');
    if (code !== 0) throw new Error(`the plan is not empty (${code}):\n${output}`);
  }

  /** An error that says what to import is followed to the letter. */
  async #follow(output: string): Promise<void> {
    const address = /with (browserstack_\w+\.\w+),/u.exec(output)?.[1];
    const [, quoted, bare] = /terraform import ADDRESS (?:'([^']+)'|(\S+))/u.exec(output) ?? [];
    const id = quoted ?? bare;
    if (address === undefined || id === undefined || !/exists/u.test(output)) {
      // Otherwise a person waits a little.
      this.#world.clock.advance(120_000);
      return;
    }
    const { code } = await this.#terraform('import', address, id);
    this.tell(`  imported ${address} (${code})`);
  }

  async #terraform(...args: readonly string[]): Promise<Ended> {
    const { directory, env } = this.#place;
    const running = start(ENGINE ?? 'terraform', args, directory, env);
    this.#world.proxy.onStrike = running.strike;
    const ended = await running.ended;
    this.#world.proxy.onStrike = () => {};
    if (this.#world.tells(ended.output)) this.#counts.told += 1;
    return ended;
  }

  #judge(rotations: number, intended: number): void {
    const accounts = this.#world.accounts();
    const wanted = [identifierOf(this.#wish), ...(this.#wish.more ? ['more-ci'] : [])];
    const known = this.#stateOf('browserstack_service_account').map(({ username }) => username);
    const forgotten = accounts.filter(({ username }) => !known.includes(username)).length;
    const doubled = accounts.length - new Set(accounts.map(({ identifier }) => identifier)).size;
    const missing = wanted.filter((one) => !accounts.some(({ identifier }) => identifier === one)).length;
    const team = this.#world.local.teams().some(({ name }) => name === teamOf(this.#wish));
    const key = this.#world.account(identifierOf(this.#wish));
    const handed = JSON.parse(this.#place.contents.get('secret/ci') ?? '{}');
    const isDead =
      key === undefined || handed.access_key !== key.accessKey || handed.username !== key.username;
    const [inState] = this.#stateOf('browserstack_access_key');
    const fingerprint = key && keyFingerprint(key.username, new Secret(key.accessKey));
    const counts = this.#counts;
    counts.forgotten += forgotten;
    counts.doubled += doubled;
    counts.deadKeys += isDead ? 1 : 0;
    counts.rotatedTwice += Math.max(0, rotations - intended);
    counts.lost += missing + (team ? 0 : 1) + Math.max(0, intended - rotations);
    counts.lost += inState?.key_fingerprint === fingerprint ? 0 : 1;
    counts.told += this.#world.tells(this.#stateText()) ? 1 : 0;
    this.tell(
      `  ${rotations} of ${intended} rotations, ${missing} missing, ${forgotten} forgotten, ${doubled} doubled${isDead ? ', a dead key at the consumer' : ''}`,
    );
  }

  #stateText(): string {
    const file = join(this.#place.directory, 'terraform.tfstate');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  #stateOf(type: string): readonly Readonly<Record<string, unknown>>[] {
    const { resources } = JSON.parse(this.#stateText()) as {
      resources: readonly { type: string; instances: readonly { attributes: Record<string, unknown> }[] }[];
    };
    return resources
      .filter((resource) => resource.type === type)
      .flatMap(({ instances }) => instances.map(({ attributes }) => attributes));
  }
}
