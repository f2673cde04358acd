import { Agent } from 'undici';
import { type Clock, systemClock } from '../../../src/clock.ts';
import type { LocalBrowserStackOptions, Seed } from '../../../src/entry/emulator.ts';
import { createProvider } from '../../../src/provider/create-provider.ts';
import { browserstackProvider, PROVIDER_ADDRESS } from '../../../src/resources/index.ts';
import { type Organization, OWNER_CANARY, organization } from '../../helpers/organization.ts';
import { serveForReattach } from '../../helpers/plugin/reattach.ts';
import type { Workspace } from '../../helpers/terraform.ts';

export const seed: Seed = {
  organization: { name: 'Acme Inc.' },
  users: [
    { username: 'owner_1', access_key: OWNER_CANARY, role: 'owner' },
    { username: 'pay_admin', access_key: 'PayAdminCanary000001', role: 'admin', team: 'Payments' },
  ],
  teams: [{ name: 'Payments' }, { name: 'Search' }],
};

/** The environment of the Team Admin of Payments. */
export const TEAM_ADMIN = {
  BROWSERSTACK_USERNAME: 'pay_admin',
  BROWSERSTACK_ACCESS_KEY: 'PayAdminCanary000001',
};

export interface Acme extends Organization {
  /** The same against the built program: as users have it, and slower. */
  program(hcl: string, env?: Readonly<Record<string, string>>): Promise<Workspace>;
  /** Somebody changes something in the console, past Terraform. */
  inConsole(method: string, path: string, query: Record<string, string>): Promise<void>;
  usernameOf(identifier: string): string | undefined;
}

/**
 * An organization whose workspaces use a provider of this process, where waiting takes no time. Real Terraform, real
 * sockets, the provider's own code; what is left out is starting its program for each step of each command.
 */
export async function acme(options: LocalBrowserStackOptions = {}): Promise<Acme> {
  const world = await organization({ seed, ...options });
  const served: { close(): void }[] = [];
  return {
    ...world,
    workspace: async (hcl, more = {}) => {
      const agent = new Agent();
      const definition = browserstackProvider({
        env: { ...world.env, ...more },
        dispatcher: async () => agent,
        random: () => 0,
        version: '0.0.0-test',
      });
      const provider = createProvider(definition, { clock: hastyClock(), log: () => {} });
      const { env, close } = await serveForReattach(provider, PROVIDER_ADDRESS);
      served.push({ close }, { close: () => void agent.destroy() });
      return world.workspace(hcl, env);
    },
    program: world.workspace,
    inConsole: async (method, path, query) => {
      const authorization = `Basic ${Buffer.from(`owner_1:${OWNER_CANARY}`).toString('base64')}`;
      const url = `http://local${path}?${new URLSearchParams(query)}`;
      const answer = await world.local.fetch(new Request(url, { method, headers: { authorization } }));
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
    },
    usernameOf: (identifier) =>
      world.local.accounts().find((account) => account.identifier === identifier)?.username,
    close: async () => {
      for (const { close } of served) close();
      await world.close();
    },
  };
}

/** Sleeping passes on it, and hardly on the wall. */
function hastyClock(): Clock {
  let slept = 0;
  return {
    now: () => new Date(systemClock.now().getTime() + slept),
    sleep: async (milliseconds, signal) => {
      await systemClock.sleep(Math.min(milliseconds, 5), signal);
      slept += milliseconds;
    },
  };
}

/** One account, `ci`, with these further lines. */
export const account = (lines = '') => `
  resource "browserstack_service_account" "ci" {
    identifier = "payments-ci"
    ${lines}
  }
`;

/** Applies and expects it to succeed; the output otherwise says why. */
export async function applied(workspace: Workspace, hcl?: string): Promise<string> {
  if (hcl !== undefined) await workspace.write(hcl);
  const { exitCode, output } = await workspace.apply();
  if (exitCode !== 0) throw new Error(output);
  return output;
}

/** A text as it reads without the frames and line breaks that Terraform puts into diagnostics. */
export function flat(output: string): string {
  return output.replaceAll(/[│╷╵]/gu, ' ').replaceAll(/\s+/gu, ' ');
}
