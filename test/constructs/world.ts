// Where programs are deployed in a test: an organization, a clock, and all providers in this very process. A plan costs
// a tenth of a second; nothing is packed, copied or launched.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerraformStack } from 'cdktf';
import { Agent } from 'undici';
import { createLocalBrowserStack, type LocalBrowserStack, type Seed } from '../../src/entry/emulator.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import { browserstackProvider, PROVIDER_ADDRESS } from '../../src/resources/index.ts';
import { acme, OWNER_CANARY } from '../helpers/organization.ts';
import { type Reattached, reattachTo, serveForReattach } from '../helpers/plugin/reattach.ts';
import { SkippingClock } from '../helpers/skipping-clock.ts';
import { type Cloud, cloudProviders } from '../helpers/stores/cloud.ts';
import { KUBERNETES_ADDRESS, kubernetesProvider } from '../helpers/stores/kubernetes.ts';
import { NULL_ADDRESS, nullProvider } from '../helpers/stores/null.ts';
import { VAULT_ADDRESS, vaultProvider } from '../helpers/stores/vault.ts';
import { type Finished, ready, stateFile, terraform } from './engine.ts';
import { appIn } from './stack.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A synthesized program, initialized. */
export interface Deployment {
  readonly directory: string;
  apply(...args: readonly string[]): Promise<Finished>;
  /** Exit code 0: no changes; 2: changes. */
  plan(...args: readonly string[]): Promise<Finished>;
  run(...args: readonly string[]): Promise<Finished>;
}

export interface World {
  readonly local: LocalBrowserStack;
  /** Gone after the test. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  /** What all secret stores hold, by the name of the entry, and whether they take anything. */
  readonly stores: Cloud;
  /** Makes a stack by a program, and readies it where the last one was: what an edit and another run do. */
  program(build: (stack: TerraformStack) => void): Promise<Deployment>;
  /** What stands in the state file. */
  state(): string;
  /** What the API answers to a credential. */
  answers(username: string, accessKey: string): Promise<number>;
  pass(days: number): void;
  close(): Promise<void>;
}

/** @param more What else the deployer has in the environment. */
export async function openWorld(
  seed: Partial<Seed> = {},
  more: Readonly<Record<string, string>> = {},
): Promise<World> {
  const clock = new SkippingClock('2026-03-02T09:00:00.000Z');
  const local = await createLocalBrowserStack({ clock, rateLimit: 'off', seed: { ...acme, ...seed } });
  const { url } = await local.listen();
  const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-world-'));
  const agent = new Agent();
  const credentials = {
    BROWSERSTACK_API_URL: url,
    BROWSERSTACK_USERNAME: 'owner_1',
    BROWSERSTACK_ACCESS_KEY: OWNER_CANARY,
    BROWSERSTACK_REQUEST_BURST: '1000',
    BROWSERSTACK_REQUESTS_PER_MINUTE: '100000',
    BROWSERSTACK_REQUEST_BUDGET_DIRECTORY: 'off',
  };
  const surroundings = { env: credentials, dispatcher: async () => agent, random: () => 0, version: '0.1.0' };
  const seams = { clock, log: () => undefined };
  const stores: Cloud = { contents: new Map(), refusing: false };
  const served: Reattached[] = await Promise.all(
    [
      [PROVIDER_ADDRESS, createProvider(browserstackProvider(surroundings), seams)] as const,
      [NULL_ADDRESS, nullProvider(seams)] as const,
      [VAULT_ADDRESS, vaultProvider(stores, seams)] as const,
      [KUBERNETES_ADDRESS, kubernetesProvider(stores, seams)] as const,
      ...cloudProviders(stores, seams),
    ].map(([address, provider]) => serveForReattach(provider, address)),
  );
  const env = { ...credentials, ...more, ...reattachTo(served) };
  const outdir = join(directory, 'cdktf.out');
  const state = () => stateFile(appIn(outdir));
  return {
    local,
    directory,
    env,
    stores,
    program: async (build) => {
      const stack = new TerraformStack(appIn(outdir), 'stack');
      build(stack);
      const made = await ready(stack, env);
      const run = (...args: readonly string[]) => {
        // Between a plan and its apply, and between two commands, time passes.
        clock.advance(MINUTE);
        return terraform(made, env, ...args);
      };
      return {
        directory: made,
        run,
        apply: (...args) => run('apply', '-input=false', '-no-color', '-auto-approve', ...args),
        plan: (...args) => run('plan', '-input=false', '-no-color', '-detailed-exitcode', ...args),
      };
    },
    state: () => (existsSync(state()) ? readFileSync(state(), 'utf8') : ''),
    answers: async (username, accessKey) => {
      const authorization = `Basic ${btoa(`${username}:${accessKey}`)}`;
      const request = new Request('http://local/automate/plan.json', { headers: { authorization } });
      return (await local.fetch(request)).status;
    },
    pass: (days) => clock.advance(days * DAY),
    close: async () => {
      for (const one of served) one.close();
      await agent.close();
      await local.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
