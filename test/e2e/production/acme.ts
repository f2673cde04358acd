import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalBrowserStackOptions, Seed } from '../../../src/entry/emulator.ts';
import { type Organization, OWNER_CANARY, organization } from '../../helpers/organization.ts';
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
  /** Somebody changes something in the console, past Terraform. */
  inConsole(method: string, path: string, query: Record<string, string>): Promise<void>;
  usernameOf(identifier: string): string | undefined;
}

/** An organization whose runs share their request budget through a directory of its own. */
export async function acme(options: LocalBrowserStackOptions = {}): Promise<Acme> {
  const directory = await mkdtemp(join(tmpdir(), 'budget-'));
  const world = await organization({ seed, ...options });
  return {
    ...world,
    workspace: (hcl, more = {}) =>
      world.workspace(hcl, { BROWSERSTACK_REQUEST_BUDGET_DIRECTORY: directory, ...more }),
    inConsole: async (method, path, query) => {
      const authorization = `Basic ${Buffer.from(`owner_1:${OWNER_CANARY}`).toString('base64')}`;
      const url = `http://local${path}?${new URLSearchParams(query)}`;
      const answer = await world.local.fetch(new Request(url, { method, headers: { authorization } }));
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
    },
    usernameOf: (identifier) =>
      world.local.accounts().find((account) => account.identifier === identifier)?.username,
    close: async () => {
      await world.close();
      await rm(directory, { recursive: true, force: true });
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
