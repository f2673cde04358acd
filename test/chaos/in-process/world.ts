// The local BrowserStack of one schedule, and the truth about its keys.

import { Agent } from 'undici';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../../src/emulator/local-browserstack.ts';
import { keyFingerprint } from '../../../src/resources/access-key/index.ts';
import type { ObjectValue } from '../../../src/schema/value.ts';
import { Secret } from '../../../src/secret.ts';
import type { Place } from './engine.ts';
import { KeyHistory } from './network.ts';
import { VirtualClock } from './virtual-clock.ts';

const SEED = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner', access_key: 'owner-key', role: 'owner' as const }],
  service_accounts: [
    { identifier: 'ci-a', username: 'ci_a' },
    { identifier: 'ci-b', username: 'ci_b' },
  ],
};

export class World {
  readonly local: LocalBrowserStack;
  readonly clock: VirtualClock;
  readonly place: Place;

  private constructor(local: LocalBrowserStack, clock: VirtualClock, place: Place) {
    this.local = local;
    this.clock = clock;
    this.place = place;
  }

  /** @param merciful Whether a rotated key still works for an hour, which BrowserStack does not promise. */
  static async open(seed: number, merciful: boolean): Promise<World> {
    const clock = new VirtualClock();
    const local = await createLocalBrowserStack({
      clock,
      rateLimit: 'off',
      randomSeed: seed,
      seed: SEED,
      behaviours: { 'old-key-grace': merciful ? 3600 : 0 },
    });
    const { url } = await local.listen();
    const place = { url, agent: new Agent(), clock, history: new KeyHistory(local) };
    return new World(local, clock, place);
  }

  /** How many rotations there were until now, whoever made them. */
  get rotations(): number {
    return this.place.history.count - SEED.service_accounts.length;
  }

  /** Somebody with the key rotates it by hand, without any mishap. */
  async rotateElsewhere(username: string): Promise<void> {
    const key = this.#keyOf(username);
    const request = new Request(`${this.place.url}/automate/recycle_key.json`, {
      method: 'PUT',
      headers: { authorization: `Basic ${btoa(`${username}:${key}`)}`, 'content-type': 'application/json' },
      body: '{}',
    });
    const { status } = await this.local.fetch(request);
    if (status !== 200) throw new Error(`rotating elsewhere answered ${status}`);
  }

  /** Whether a state holds the fingerprint of the very key that works now (and the key itself, if it exports it). */
  isKnownTo(state: ObjectValue | null | undefined): boolean {
    if (!state) return false;
    const username = String(state.username);
    const current = this.#keyOf(username);
    const exported = state.export_access_key ? state.access_key === current : state.access_key === null;
    return exported && state.key_fingerprint === keyFingerprint(username, new Secret(current));
  }

  async close(): Promise<void> {
    await this.place.agent.destroy();
    await this.local.close();
  }

  #keyOf(username: string): string {
    const account = this.local.accounts().find((one) => one.username === username);
    if (account === undefined) throw new Error(`the account ${username} is gone`);
    return account.accessKey;
  }
}
