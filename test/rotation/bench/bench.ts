import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ManualClock } from '../../../src/clock.ts';
import {
  createLocalBrowserStack,
  type FaultRule,
  type LocalBrowserStack,
} from '../../../src/entry/emulator.ts';
import { Workbench } from './workbench.ts';

export const OWNER_KEY = 'OwnerCanaryKey000001';
export const FIRST_KEY = 'FirstCanaryKey000001';
const START = '2026-03-02T09:00:00.000Z';

/** Providers in a mirror, a local BrowserStack, one clock for both, and working directories. */
export class Bench {
  readonly directory: string;
  readonly local: LocalBrowserStack;
  readonly #clock: ManualClock;
  readonly #url: string;
  #count = 0;

  private constructor(directory: string, local: LocalBrowserStack, clock: ManualClock, url: string) {
    this.directory = directory;
    this.local = local;
    this.#clock = clock;
    this.#url = url;
  }

  /** `mirror` is what `buildMirror` made; many benches share one. */
  static async open(mirror: string): Promise<Bench> {
    const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-rotation-'));
    const clock = new ManualClock(START);
    const local = await createLocalBrowserStack({
      clock,
      rateLimit: 'off',
      randomSeed: 'rotation',
      seed: {
        organization: { name: 'Acme Inc.' },
        users: [{ username: 'owner', access_key: OWNER_KEY, role: 'owner' }],
        service_accounts: [
          { identifier: 'payments-ci', username: 'payments_1', access_key: FIRST_KEY },
          { identifier: 'payments-ci-b', username: 'payments_2', access_key: 'SecondCanaryKey00001' },
        ],
      },
    });
    const { url } = await local.listen();
    await cp(mirror, join(directory, 'mirror'), { recursive: true });
    await mkdir(join(directory, 'vault'));
    const bench = new Bench(directory, local, clock, url);
    bench.advance(0);
    return bench;
  }

  /** A working directory with its own state, initialized. */
  async workspace(hcl: string, { trace = false } = {}): Promise<Workbench> {
    this.#count += 1;
    const directory = join(this.directory, `workspace-${this.#count}`);
    await mkdir(directory);
    const workspace = new Workbench(directory, {
      BROWSERSTACK_USERNAME: 'owner',
      BROWSERSTACK_ACCESS_KEY: OWNER_KEY,
      BROWSERSTACK_API_URL: this.#url,
      BROWSERSTACK_REQUESTS_PER_MINUTE: '100000',
      BROWSERSTACK_REQUEST_BURST: '1000',
      BROWSERSTACK_REQUEST_TIMEOUT: '5',
      TEST_CLOCK: join(this.directory, 'clock'),
      TEST_VAULT: join(this.directory, 'vault'),
      ...(trace ? { TF_LOG: 'TRACE', TF_LOG_PATH: join(directory, 'trace.log') } : {}),
    });
    await workspace.init(hcl, join(this.directory, 'mirror'));
    return workspace;
  }

  /** Moves the clock of the provider and of the server. */
  advance(days: number): void {
    this.#clock.advance(days * 86_400_000);
    writeFileSync(join(this.directory, 'clock'), this.#clock.now().toISOString());
  }

  inject(...faults: readonly FaultRule[]): void {
    this.local.inject(faults);
  }

  /** The key that works now. */
  key(username = 'payments_1'): string {
    return this.local.accounts().find((account) => account.username === username)?.accessKey ?? '';
  }

  /** What the vault was given. */
  vault(name: string): string {
    return readFileSync(join(this.directory, 'vault', name), 'utf8');
  }

  async close(): Promise<void> {
    await this.local.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Bundles the providers into a mirror. Returns its directory. */
export async function buildMirror(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-mirror-'));
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}_${process.arch === 'x64' ? 'amd64' : 'arm64'}`;
  const bundle = async (entry: string, source: string, type: string) => {
    const place = join(directory, 'registry.terraform.io', source, '0.1.0', platform);
    mkdirSync(place, { recursive: true });
    const outfile = join(place, `terraform-provider-${type}_v0.1.0`);
    await build({
      entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
      banner: { js: '#!/usr/bin/env node' },
    });
    chmodSync(outfile, 0o755);
    writeFileSync(join(place, 'package.json'), '{ "type": "commonjs" }\n');
  };
  await bundle('./provider-under-test.ts', 'browserstack-iac/browserstack', 'browserstack');
  await bundle('./vault-provider.ts', 'test/vault', 'vault');
  return directory;
}
