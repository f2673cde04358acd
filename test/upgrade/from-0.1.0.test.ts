// Who comes from 0.1.0 plans and finds nothing to do: no rotation, no new account, no key that moved.

import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Agent } from 'undici';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/entry/emulator.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import { browserstackProvider, PROVIDER_ADDRESS } from '../../src/resources/index.ts';
import { addressOf } from '../helpers/engine.ts';
import { type Reattached, serveForReattach } from '../helpers/plugin/reattach.ts';
import { SkippingClock } from '../helpers/skipping-clock.ts';
import { describeWithTerraform, type Workspace, workspace } from '../helpers/terraform.ts';

const fixtures = fileURLToPath(new URL('../fixtures/0.1.0/', import.meta.url));
const fixture = (name: string) => readFileSync(join(fixtures, name), 'utf8');

describeWithTerraform('an organization of 0.1.0', () => {
  let directory: string;
  let local: LocalBrowserStack;
  let served: Reattached;
  let agent: Agent;
  let work: Workspace;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-upgrade-'));
    // The server writes to it.
    copyFileSync(join(fixtures, 'organization.json'), join(directory, 'organization.json'));
    const clock = new SkippingClock('2026-11-28T12:00:00Z');
    local = await createLocalBrowserStack({
      clock,
      rateLimit: 'off',
      dataFile: join(directory, 'organization.json'),
    });
    const { url } = await local.listen();
    agent = new Agent();
    const env = {
      BROWSERSTACK_API_URL: url,
      BROWSERSTACK_USERNAME: 'owner_1',
      BROWSERSTACK_ACCESS_KEY: 'OwnerCanaryKey000001',
      BROWSERSTACK_REQUEST_BURST: '1000',
    };
    const surroundings = { env, dispatcher: async () => agent, random: () => 0, version: '0.0.0-test' };
    const provider = createProvider(browserstackProvider(surroundings), { clock, log: () => undefined });
    served = await serveForReattach(provider, PROVIDER_ADDRESS);
    work = await workspace(fixture('main.tf'), { ...env, ...served.env });
    await work.replaceState(fixture('state.json').replaceAll(PROVIDER_ADDRESS, addressOf(PROVIDER_ADDRESS)));
  });
  afterEach(async () => {
    await work.remove();
    served.close();
    await agent.close();
    await local.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const keys = () => local.accounts().map(({ username, accessKey }) => ({ username, accessKey }));

  it('is planned without any change, and keeps its keys through an apply', async () => {
    const before = keys();
    const plan = await work.plan();
    expect(plan.output).toContain('No changes');
    expect(plan.exitCode).toBe(0);
    expect((await work.apply()).output).toContain('0 added, 0 changed, 0 destroyed');
    expect(keys().every(({ accessKey }, index) => accessKey === before[index]?.accessKey)).toBe(true);
    expect(local.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('rotates what a trigger asks for, and nothing else', async () => {
    const before = new Map(keys().map(({ username, accessKey }) => [username, accessKey]));
    const applied = await work.apply('-var', 'release=3');
    // The pair changes too: what is pending stands in its plan.
    expect(applied.output).toContain('0 added, 2 changed, 0 destroyed');
    expect(applied.output).toContain('+ rotation_pending');
    // Consumers may still use the pair's other account until it is due; 0.1.0 protected it as well.
    expect(applied.output).toContain('is held back');
    const rotated = keys().filter(({ username, accessKey }) => before.get(username) !== accessKey);
    expect(rotated.map(({ username }) => username.split('_')[0]).sort()).toEqual(['paymentsci']);
    expect((await work.plan('-var', 'release=3')).exitCode).toBe(0);
  });
});
