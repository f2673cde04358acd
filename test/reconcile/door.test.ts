import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/entry/emulator.ts';
import { emptyInventory, isChange, MemoryLedger, openBrowserStack } from '../../src/entry/reconcile.ts';

let local: LocalBrowserStack;
let directory: string;
beforeEach(async () => {
  local = await createLocalBrowserStack();
  directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-door-'));
  vi.stubEnv('XDG_STATE_HOME', directory);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await local.close();
  await rm(directory, { recursive: true, force: true });
});

describe('browserstack-iac/reconcile', () => {
  it('plans and applies a stack for a program, without a command line', async () => {
    const { url } = await local.listen();
    const credentials = { username: 'owner_local', accessKey: 'owner-local-key-0001' };
    const { reconciler, read } = await openBrowserStack({ ...credentials, baseUrl: url });
    const stack = join(directory, 'one.tf.json');
    await writeFile(stack, JSON.stringify({ resource: { browserstack_team: { qa: { name: 'QA' } } } }));
    const inventory = emptyInventory('qa');
    const configured = await read(stack);
    const planned = await reconciler.plan({ stack: configured, inventory });
    expect(planned.plan.actions.filter(isChange).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'create QA',
    ]);
    const ledger = new MemoryLedger(inventory, () => new Date());
    expect(await reconciler.applyNow(planned, { ledger })).toMatchObject({ ok: true });
    expect(local.teams().map(({ name }) => name)).toEqual(['Core', 'QA']);
    expect(await reconciler.drift({ stack: configured, inventory: ledger.inventory() })).toMatchObject({
      inSync: true,
      counts: { unmanaged: 1 },
    });
  });

  it('says what is missing', async () => {
    vi.stubEnv('BROWSERSTACK_USERNAME', '');
    vi.stubEnv('BROWSERSTACK_ACCESS_KEY', '');
    await expect(openBrowserStack()).rejects.toThrow('BrowserStack username is missing');
  });
});
