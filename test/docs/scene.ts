// Where a page plays: an organization, a clock, a directory, and the provider and the command line in this very
// process. Everything that could differ from one run to the next is fixed: time, randomness, names, order of requests.

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Agent } from 'undici';
import {
  type Behaviours,
  createLocalBrowserStack,
  type LocalBrowserStack,
  type RateLimit,
  type Seed,
} from '../../src/entry/emulator.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import { browserstackProvider, PROVIDER_ADDRESS } from '../../src/resources/index.ts';
import { reattachTo, serveForReattach } from '../helpers/plugin/reattach.ts';
import { SkippingClock } from '../helpers/skipping-clock.ts';
import { VAULT_ADDRESS, type Vault, vaultProvider } from '../helpers/stores/vault.ts';
import { Traffic } from '../helpers/traffic.ts';
import { type CommandLine, serveCommandLine } from './command-line.ts';

/** What the YAML of a scene may say: the organization as in a seed, and how the server behaves. */
export interface SceneOptions extends Partial<Omit<Seed, '$schema'>> {
  readonly behaviours?: Partial<Behaviours>;
  /** `off` unless given, and then the budget of the clients is wide open too. */
  readonly rate_limit?: RateLimit;
  /** Other keys are made from another one. */
  readonly random_seed?: string;
  /** The environment that the reader has set besides the credentials. */
  readonly env?: Readonly<Record<string, string>>;
}

const OWNER = { username: 'owner_1', access_key: 'OwnerCanaryKey000001', role: 'owner' } as const;
const WIDE_OPEN = { BROWSERSTACK_REQUEST_BURST: '1000', BROWSERSTACK_REQUESTS_PER_MINUTE: '100000' };
const START = '2026-03-02T09:00:00.000Z';
const DAY = 86_400_000;

const VERSIONS = `terraform {
  required_providers {
    browserstack = { source = "browserstack-iac/browserstack" }
    vault        = { source = "hashicorp/vault" }
  }
}
`;

export interface Scene {
  readonly local: LocalBrowserStack;
  /** The stand-in for a vault. */
  readonly vault: Vault;
  write(name: string, text: string): Promise<void>;
  /** Runs a shell script in the directory and returns what it printed, both streams as they came. */
  shell(script: string): Promise<string>;
  /** Somebody else, as the Owner. */
  elsewhere(method: string, path: string): Promise<void>;
  pass(days: number): void;
  close(): Promise<void>;
}

export async function openScene(options: SceneOptions): Promise<Scene> {
  const {
    behaviours = {},
    rate_limit: rateLimit = 'off',
    random_seed: randomSeed = 'docs',
    env: more = {},
    users = [],
    ...given
  } = options;
  const clock = new SkippingClock(START);
  const seed = { organization: { name: 'Acme Inc.' }, users: [OWNER, ...users], ...given };
  const local = await createLocalBrowserStack({ clock, rateLimit, behaviours, seed, randomSeed });
  const { url } = await local.listen();
  const traffic = new Traffic();
  const agent = new Agent().compose(traffic.interceptor);
  clock.atRest = () => traffic.atRest();
  const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-docs-'));
  const env = {
    BROWSERSTACK_API_URL: url,
    BROWSERSTACK_USERNAME: OWNER.username,
    BROWSERSTACK_ACCESS_KEY: OWNER.access_key,
    ...(rateLimit === 'off' ? WIDE_OPEN : {}),
    ...more,
  };
  const surroundings = { env, dispatcher: async () => agent, random: () => 0, version: '0.1.0' };
  const seams = { clock, log: () => undefined };
  const browserstack = await serveForReattach(
    createProvider(browserstackProvider(surroundings), seams),
    PROVIDER_ADDRESS,
  );
  const vault: Vault = { contents: new Map(), refusing: false };
  const store = await serveForReattach(vaultProvider(vault, seams), VAULT_ADDRESS);
  const commandLine = await serveCommandLine({ clock, surroundings });
  const shellEnv = { ...reattachTo([browserstack, store]), ...env };
  await writeFile(join(directory, 'versions.tf'), VERSIONS);
  return {
    local,
    vault,
    write: async (name, text) => {
      await mkdir(join(directory, dirname(name)), { recursive: true });
      await writeFile(join(directory, name), text);
    },
    shell: (script) => runShell(script, directory, { ...shellEnv, ...commandLine.env }, commandLine),
    elsewhere: async (method, path) => {
      const authorization = `Basic ${btoa(`${OWNER.username}:${OWNER.access_key}`)}`;
      const answer = await local.fetch(
        new Request(`http://local${path}`, { method, headers: { authorization } }),
      );
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
    },
    pass: (days) => clock.advance(days * DAY),
    close: async () => {
      for (const served of [browserstack, store, commandLine]) await served.close();
      await agent.close();
      await local.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function runShell(
  script: string,
  cwd: string,
  more: Readonly<Record<string, string>>,
  { bin }: CommandLine,
): Promise<string> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const quiet = {
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
  };
  const env = {
    PATH: `${bin}:${PATH}`,
    HOME,
    NO_COLOR: '1',
    ...(TMPDIR ? { TMPDIR } : {}),
    ...quiet,
    ...more,
  };
  return new Promise((resolve, reject) => {
    // One stream, as at a terminal.
    const child = spawn('sh', ['-c', `exec 2>&1\n${script}`], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}
