// One schedule with the command line: a stack that is applied without Terraform, a key that is rotated by hand and handed
// to a file; a few of both, something that goes wrong at each, and a person who runs it again.

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyFingerprint } from '../../../src/resources/access-key/index.ts';
import { Secret } from '../../../src/secret.ts';
import { Chances } from '../chances.ts';
import { drawLag, drawMishaps } from './mishap.ts';
import { type Ended, errorsIn, start } from './process.ts';
import type { Programs } from './programs.ts';
import { type Mishap, nameOf, type Target } from './proxy.ts';
import { type Counts, noCounts, type Verdict } from './verdict.ts';
import { World } from './world.ts';

const RUNS = 8;

type Event = 'made' | 'rotate' | 'one more' | 'one less' | 'another team' | 'nothing';

const DOES: Readonly<Record<Event, readonly [Target, ...Target[]]>> = {
  made: ['make account', 'make team'],
  rotate: ['rotate'],
  'one more': ['make account'],
  'one less': ['delete account'],
  'another team': ['make team', 'make account', 'delete account', 'delete team'],
  nothing: ['accounts', 'teams'],
};

export async function runCommandLine(seed: number, programs: Programs): Promise<Verdict> {
  const chances = new Chances(seed);
  const remembers = chances.below(4) > 0;
  const duplicates = remembers ? chances.oneOf('allow' as const, 'refuse' as const) : 'refuse';
  const world = await World.open(seed, { 'duplicate-identifier': duplicates });
  try {
    const schedule = new CommandLineSchedule(seed, chances, world, programs, remembers);
    schedule.tell(`${remembers ? 'remembers' : 'remembers nothing'}, equal identifiers: ${duplicates}`);
    return await schedule.run();
  } finally {
    await world.close();
  }
}

class CommandLineSchedule {
  readonly #seed: number;
  readonly #chances: Chances;
  readonly #world: World;
  readonly #programs: Programs;
  readonly #remembers: boolean;
  readonly #counts: Counts = noCounts();
  readonly #story: string[] = [];
  readonly #wish = { team: 1, more: false, reason: 0 };

  constructor(seed: number, chances: Chances, world: World, programs: Programs, remembers: boolean) {
    this.#seed = seed;
    this.#chances = chances;
    this.#world = world;
    this.#programs = programs;
    this.#remembers = remembers;
  }

  tell(line: string): void {
    this.#story.push(line);
  }

  async run(): Promise<Verdict> {
    try {
      await this.#event('made');
      const events = 2 + this.#chances.below(4);
      for (let event = 0; event < events; event += 1)
        await this.#event(
          this.#chances.oneOf<Event>(
            'rotate',
            'rotate',
            'rotate',
            this.#wish.more ? 'one less' : 'one more',
            'another team',
            'nothing',
          ),
        );
    } catch (error) {
      this.#counts.lost += 1;
      this.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const { met } = this.#world.proxy;
    return { kind: 'command-line', seed: this.#seed, ...this.#counts, story: this.#story, met };
  }

  async #event(event: Event): Promise<void> {
    this.#world.clock.advance(600_000);
    const before = this.#world.proxy.rotations;
    const wish = this.#wish;
    if (event === 'one more' || event === 'one less') wish.more = event === 'one more';
    if (event === 'another team') wish.team += 1;
    if (event === 'rotate') wish.reason += 1;
    await this.#synth();
    const command = event === 'rotate' ? await this.#rotation() : this.#application();
    const mishaps = drawMishaps(this.#chances, DOES[event], ['machine dies', 'Ctrl-C']);
    const lag = drawLag(this.#chances);
    this.tell(`${event}; lists lag ${lag} s; ${mishaps.map(nameOf).join(', ')}`);
    const ended = await this.#suffer(command, mishaps, lag);
    await this.#recover(command, ended);
    this.#judge(this.#world.proxy.rotations - before, event === 'rotate' ? 1 : 0);
  }

  #application(): readonly string[] {
    return ['apply', '--auto-approve', '--prune', '--max-deletes', '9'];
  }

  /** Where nothing is remembered, a careful person names the key that is to die. */
  async #rotation(): Promise<readonly string[]> {
    const command = [
      'rotate',
      'identifier=ci-main',
      '--yes',
      '--key-file',
      'key',
      '--reason',
      `${this.#wish.reason}`,
    ];
    const { username = '', accessKey = '' } = this.#world.account('ci-main') ?? {};
    if (this.#remembers) return command;
    return [...command, '--expected-fingerprint', keyFingerprint(username, new Secret(accessKey))];
  }

  async #suffer(command: readonly string[], mishaps: readonly Mishap[], lag: number): Promise<Ended> {
    const { proxy, local } = this.#world;
    proxy.arm(mishaps);
    this.#world.letListsLag(lag);
    const ended = await this.#run(...command);
    this.tell(
      `  ended with ${ended.code ?? 'a kill'}${ended.code === 0 ? '' : `: ${errorsIn(ended.output)}`}`,
    );
    proxy.calm();
    if (this.#chances.oneOf(true, false)) local.clearFaults();
    return ended;
  }

  /** What ended well is not run again; anything else is, until it does. */
  async #recover(command: readonly string[], first: Ended): Promise<void> {
    let ended = first;
    for (let run = 0; ended.code !== 0; run += 1) {
      if (run === RUNS) throw new Error(`it never comes to rest:\n${ended.output}`);
      if (/is another one already \[stale\]/u.test(ended.output)) return this.#take(ended.output);
      ended = await this.#run(...command);
      if (run > 0) this.#world.local.clearFaults();
      if (ended.code === 0) break;
      this.tell(`  again: ${errorsIn(ended.output)}`);
      this.#world.clock.advance(120_000);
    }
    this.#world.local.clearFaults();
  }

  /** As the error says, and at once: the key is another one already, and this shows it. */
  async #take(output: string): Promise<void> {
    const [, account = ''] = /browserstack-iac keys (\S+) --reveal/u.exec(output) ?? [];
    const args = [this.#programs.commandLine, 'keys', account, '--reveal'];
    for (let run = 0; run < RUNS; run += 1) {
      const { code, stdout } = await start(process.execPath, args, this.#world.directory, this.#env()).ended;
      this.tell(`  took the key (${code})`);
      if (code === 0) return writeFile(join(this.#world.directory, 'key'), stdout);
    }
    throw new Error(`the key of ${account} cannot be taken`);
  }

  async #run(...args: readonly string[]): Promise<Ended> {
    const running = start(
      process.execPath,
      [this.#programs.commandLine, ...args],
      this.#world.directory,
      this.#env(),
    );
    this.#world.proxy.onStrike = running.strike;
    const ended = await running.ended;
    this.#world.proxy.onStrike = () => {};
    if (this.#world.tells(ended.output)) this.#counts.told += 1;
    return ended;
  }

  #env(): Readonly<Record<string, string>> {
    return this.#world.env(this.#remembers);
  }

  #judge(rotations: number, intended: number): void {
    const accounts = this.#world.accounts();
    const names = accounts.map(({ identifier, team }) => `${identifier} in ${team}`).sort();
    const wanted = ['ci-main', ...(this.#wish.more ? ['more'] : [])].map(
      (one) => `${one} in ${this.#team()}`,
    );
    const doubled = accounts.length - new Set(accounts.map(({ identifier }) => identifier)).size;
    const missing = wanted.filter((one) => !names.includes(one)).length;
    const forgotten = new Set(names.filter((one) => !wanted.includes(one))).size;
    const file = join(this.#world.directory, 'key');
    const handed = this.#wish.reason > 0 && existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
    const isDead = intended > 0 && handed !== this.#world.account('ci-main')?.accessKey;
    const counts = this.#counts;
    counts.doubled += doubled;
    counts.lost += missing + Math.max(0, intended - rotations);
    counts.forgotten += forgotten;
    counts.deadKeys += isDead ? 1 : 0;
    counts.rotatedTwice += Math.max(0, rotations - intended);
    this.tell(
      `  ${rotations} of ${intended} rotations, ${missing} missing, ${forgotten} too many, ${doubled} doubled${isDead ? ', a dead key in the file' : ''}`,
    );
  }

  #team(): string {
    return `Team ${this.#wish.team}`;
  }

  /** What `cdktf synth` makes of a program. Somebody else's team and account are declared, so that pruning spares them. */
  async #synth(): Promise<void> {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
    const team = '${browserstack_team.team.name}';
    const accounts = {
      ci: { identifier: 'ci-main', team },
      others: { identifier: 'others-ci', team: 'Others' },
      ...(this.#wish.more ? { more: { identifier: 'more', team } } : {}),
    };
    const unprotected = Object.entries(accounts).map(([label, account]) => [
      label,
      { ...account, deletion_protection: false },
    ]);
    const resource = {
      browserstack_team: {
        team: { name: this.#team(), deletion_protection: false },
        others: { name: 'Others' },
      },
      browserstack_service_account: Object.fromEntries(unprotected),
    };
    const directory = join(this.#world.directory, 'cdktf.out/stacks/acme');
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'cdk.tf.json'), JSON.stringify({ resource }));
  }
}
