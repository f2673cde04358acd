import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ManualClock } from '../../../src/clock.ts';
import {
  createLocalBrowserStack,
  type FaultRule,
  type LocalBrowserStack,
  type Seed,
} from '../../../src/entry/emulator.ts';
import { PROVIDER_SOURCE } from '../../../src/resources/index.ts';
import { REGISTRY_HOST } from '../../helpers/engine.ts';
import type { Reattached } from '../../helpers/plugin/reattach.ts';
import { Vault } from './vault.ts';
import { Workbench } from './workbench.ts';

export const OWNER_KEY = 'OwnerCanaryKey000001';
export const FIRST_KEY = 'FirstCanaryKey000001';
/** The key of `browserstack_access_key.ci` goes into the vault, by write-only argument. */
export const HAND_OVER = `
ephemeral "browserstack_access_key" "ci" {
  username             = browserstack_access_key.ci.username
  expected_fingerprint = browserstack_access_key.ci.key_fingerprint
}
resource "vault_secret" "ci" {
  name              = "payments"
  secret_wo         = ephemeral.browserstack_access_key.ci.access_key
  secret_wo_version = browserstack_access_key.ci.key_version
}
`;
const START = '2026-03-02T09:00:00.000Z';

/** The provider in a mirror, a local BrowserStack, one clock for both, a vault, and working directories. */
export class Bench {
  readonly directory: string;
  readonly vault = new Vault();
  readonly #mirror: string;
  #local: LocalBrowserStack;
  #clock: ManualClock;
  #url: string;
  #vaultDoor: Reattached | undefined;
  #workspaces = 0;
  #worlds = 0;

  private constructor(directory: string, mirror: string, world: World) {
    this.directory = directory;
    this.#mirror = mirror;
    [this.#local, this.#clock, this.#url] = [world.local, world.clock, world.url];
  }

  /** `mirror` is what `buildMirror` made; many benches share one. */
  static async open(mirror: string, seed: Partial<Seed> = {}): Promise<Bench> {
    const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-rotation-'));
    const bench = new Bench(directory, mirror, await newWorld(0, 0, seed));
    bench.advance(0);
    return bench;
  }

  get local(): LocalBrowserStack {
    return this.#local;
  }

  /** Another BrowserStack at the same address: as at the start, but with other keys to come. */
  async renew(): Promise<void> {
    await this.#local.close();
    this.#worlds += 1;
    const world = await newWorld(this.#worlds, Number(new URL(this.#url).port));
    [this.#local, this.#clock] = [world.local, world.clock];
    this.advance(0);
  }

  /** A working directory with its own state, initialized. `backend` says where the state is, if not there. */
  async workspace(hcl: string, { trace = false, backend = '' } = {}): Promise<Workbench> {
    this.#vaultDoor ??= await this.vault.serve();
    this.#workspaces += 1;
    const directory = join(this.directory, `workspace-${this.#workspaces}`);
    await mkdir(directory);
    const env = {
      BROWSERSTACK_USERNAME: 'owner',
      BROWSERSTACK_ACCESS_KEY: OWNER_KEY,
      BROWSERSTACK_API_URL: this.#url,
      BROWSERSTACK_REQUESTS_PER_MINUTE: '100000',
      BROWSERSTACK_REQUEST_BURST: '1000',
      BROWSERSTACK_REQUEST_TIMEOUT: '5',
      TEST_CLOCK: join(this.directory, 'clock'),
      ...this.#vaultDoor.env,
      ...(trace ? { TF_LOG: 'TRACE', TF_LOG_PATH: join(directory, 'trace.log') } : {}),
    };
    const workspace = new Workbench(directory, env, backend);
    await workspace.init(hcl, this.#mirror);
    return workspace;
  }

  /** Moves the clock of the provider and of the server. */
  advance(days: number): void {
    this.#clock.advance(days * 86_400_000);
    writeFileSync(join(this.directory, 'clock'), this.#clock.now().toISOString());
  }

  inject(...faults: readonly FaultRule[]): void {
    this.#local.inject(faults);
  }

  /** The key that works now. */
  key(username = 'payments_1'): string {
    return this.#local.accounts().find((account) => account.username === username)?.accessKey ?? '';
  }

  async close(): Promise<void> {
    this.#vaultDoor?.close();
    await this.#local.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}

interface World {
  readonly local: LocalBrowserStack;
  readonly clock: ManualClock;
  readonly url: string;
}

async function newWorld(count: number, port: number, seed: Partial<Seed> = {}): Promise<World> {
  const clock = new ManualClock(START);
  const local = await createLocalBrowserStack({
    clock,
    rateLimit: 'off',
    randomSeed: `rotation ${count}`,
    seed: {
      organization: { name: 'Acme Inc.' },
      users: [{ username: 'owner', access_key: OWNER_KEY, role: 'owner' }],
      service_accounts: [
        { identifier: 'payments-ci', username: 'payments_1', access_key: FIRST_KEY },
        { identifier: 'payments-ci-b', username: 'payments_2', access_key: 'SecondCanaryKey00001' },
      ],
      ...seed,
    },
  });
  const { url } = await local.listen({ port });
  return { local, clock, url };
}

/** Bundles the provider into a mirror. Returns its directory. */
export async function buildMirror(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-mirror-'));
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}_${process.arch === 'x64' ? 'amd64' : 'arm64'}`;
  const place = join(directory, REGISTRY_HOST, PROVIDER_SOURCE, '0.1.0', platform);
  mkdirSync(place, { recursive: true });
  const outfile = join(place, 'terraform-provider-browserstack_v0.1.0');
  await build({
    entryPoints: [fileURLToPath(new URL('./provider-under-test.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    banner: { js: '#!/usr/bin/env node' },
  });
  chmodSync(outfile, 0o755);
  writeFileSync(join(place, 'package.json'), '{ "type": "commonjs" }\n');
  return directory;
}
