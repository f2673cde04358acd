// One organization, the proxy before it, the clock of everybody, and the truth about accounts and keys.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Behaviours,
  createLocalBrowserStack,
  type LocalBrowserStack,
} from '../../../src/entry/emulator.ts';
import { CLOCK_VARIABLE, ClockInFile } from './clock-in-file.ts';
import { BendingProxy } from './proxy.ts';

const OWNER = { username: 'owner_1', access_key: 'OwnerCanaryKey000001' };
const START = '2026-03-02T09:00:00.000Z';

export class World {
  readonly directory: string;
  readonly clock: ClockInFile;
  readonly local: LocalBrowserStack;
  readonly proxy: BendingProxy;
  /** Every key there ever was: none may be seen in what the programs say. */
  readonly #keys = new Set<string>([OWNER.access_key]);

  private constructor(directory: string, clock: ClockInFile, local: LocalBrowserStack, proxy: BendingProxy) {
    this.directory = directory;
    this.clock = clock;
    this.local = local;
    this.proxy = proxy;
  }

  static async open(seed: number, behaviours: Partial<Behaviours>): Promise<World> {
    const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-chaos-world-'));
    const file = join(directory, 'clock');
    await writeFile(file, START);
    const clock = new ClockInFile(() => file);
    const local = await createLocalBrowserStack({
      clock,
      rateLimit: 'off',
      randomSeed: seed,
      behaviours,
      seed: {
        organization: { name: 'Acme Inc.' },
        users: [{ ...OWNER, role: 'owner' }],
        // Somebody else's, which nobody here may touch.
        teams: [{ name: 'Others' }],
        service_accounts: [{ identifier: 'others-ci', username: 'others_1', team: 'Others' }],
      },
    });
    const { url } = await local.listen();
    return new World(directory, clock, local, await BendingProxy.open(url));
  }

  /** What the programs find in their environment. */
  env(remembers: boolean): Readonly<Record<string, string>> {
    return {
      BROWSERSTACK_API_URL: this.proxy.url,
      BROWSERSTACK_USERNAME: OWNER.username,
      BROWSERSTACK_ACCESS_KEY: OWNER.access_key,
      BROWSERSTACK_REQUESTS_PER_MINUTE: '100000',
      BROWSERSTACK_REQUEST_BURST: '1000',
      BROWSERSTACK_MAX_RETRIES: '2',
      BROWSERSTACK_REQUEST_BUDGET_DIRECTORY: remembers ? join(this.directory, 'budget') : 'off',
      [CLOCK_VARIABLE]: join(this.directory, 'clock'),
    };
  }

  /** From now on, until faults are cleared, lists are so many seconds old. */
  letListsLag(seconds: number): void {
    if (seconds === 0) return;
    this.local.inject(
      ['/user/service-accounts', '/user/team_detail'].map((path) => ({
        kind: 'stale-list' as const,
        seconds,
        path,
        times: 'always' as const,
      })),
    );
  }

  /** Accounts that are none of somebody else's, as the service has them. */
  accounts() {
    this.look();
    return this.local.accounts().filter(({ identifier }) => identifier !== 'others-ci');
  }

  account(identifier: string) {
    return this.accounts().find((account) => account.identifier === identifier);
  }

  /** Somebody with the key rotates it by hand, past the proxy. */
  async rotateElsewhere(identifier: string): Promise<void> {
    const { username = '', accessKey = '' } = this.account(identifier) ?? {};
    const headers = {
      authorization: `Basic ${btoa(`${username}:${accessKey}`)}`,
      'content-type': 'application/json',
    };
    const url = 'http://local/automate/recycle_key.json';
    const { ok, status } = await this.local.fetch(new Request(url, { method: 'PUT', headers, body: '{}' }));
    if (!ok) throw new Error(`rotating elsewhere answered ${status}`);
    this.look();
  }

  /** Notes the keys that there are now. */
  look(): void {
    for (const { accessKey } of this.local.accounts()) this.#keys.add(accessKey);
  }

  /** Whether a text holds any key that there ever was. */
  tells(text: string): boolean {
    this.look();
    return [...this.#keys].some((key) => text.includes(key));
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.local.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}
