import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createLocalBrowserStack,
  type LocalBrowserStack,
  type LocalBrowserStackOptions,
  type Seed,
} from '../../src/entry/emulator.ts';
import { type Workspace, workspace } from './terraform.ts';

/** The Owner's key: must never be seen in any output. */
export const OWNER_CANARY = 'OwnerCanaryKey000001';

export const acme: Seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_1', access_key: OWNER_CANARY, role: 'owner' }],
};

export interface Organization {
  readonly local: LocalBrowserStack;
  readonly url: string;
  /** Where its runs share their request budget: not in the home of whoever runs the tests. */
  readonly budgets: string;
  /** What the provider needs in its environment; the request budget is wide open. */
  readonly env: Readonly<Record<string, string>>;
  /** A working directory against this organization, for the engine under test or another. */
  workspace(hcl: string, env?: Readonly<Record<string, string>>, engine?: string): Promise<Workspace>;
  close(): Promise<void>;
}

/** A listening local BrowserStack, and working directories that are removed with it. */
export async function organization(options: LocalBrowserStackOptions = {}): Promise<Organization> {
  const local = await createLocalBrowserStack({ seed: acme, rateLimit: 'off', ...options });
  const { url } = await local.listen();
  const workspaces: Workspace[] = [];
  const budgets = await mkdtemp(join(tmpdir(), 'browserstack-iac-budget-'));
  const env = {
    BROWSERSTACK_API_URL: url,
    BROWSERSTACK_USERNAME: 'owner_1',
    BROWSERSTACK_ACCESS_KEY: OWNER_CANARY,
    BROWSERSTACK_REQUESTS_PER_MINUTE: '100000',
    BROWSERSTACK_REQUEST_BURST: '1000',
    BROWSERSTACK_MAX_RETRIES: '1',
    BROWSERSTACK_REQUEST_BUDGET_DIRECTORY: budgets,
  };
  return {
    local,
    url,
    budgets,
    env,
    workspace: async (hcl, more = {}, engine = undefined) => {
      const made = await workspace(hcl, { ...env, ...more }, engine);
      workspaces.push(made);
      return made;
    },
    close: async () => {
      await Promise.all(workspaces.map((made) => made.remove()));
      await local.close();
      await rm(budgets, { recursive: true, force: true });
    },
  };
}
