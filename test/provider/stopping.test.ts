// Stopping reaches what all operations share: the engine's StopProvider, and Ctrl-C at the command line.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { surroundings } from '../../src/entry/surroundings.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import { browserstackProvider } from '../../src/resources/index.ts';
import { objectValue } from '../../src/schema/value.ts';
import { type RawServer, rawServer } from '../helpers/raw-server.ts';

let server: RawServer;
let asked: Promise<void>;
afterEach(() => server.close());

/** A service that is too busy, and says so. */
async function busy(): Promise<void> {
  let arrived!: () => void;
  asked = new Promise((resolve) => {
    arrived = resolve;
  });
  server = await rawServer((_request, response) => {
    arrived();
    response.writeHead(429, { 'retry-after': '250' }).end();
  });
}

test('StopProvider ends the list that every read of a plan waits for', async () => {
  await busy();
  const outside = { ...surroundings(), env: {}, stateDirectory: '' };
  const definition = browserstackProvider(outside);
  const provider = createProvider(definition, { clock: systemClock, log: () => {} });
  const block = Object.keys(definition.schema.attributes).map((name) => [name, null] as const);
  const given = { username: 'owner_1', access_key: 'key-of-nobody', base_url: server.url };
  const configured = await provider.configure(objectValue([...block, ...Object.entries(given)]), '1.11.4');
  expect(configured.diagnostics).toEqual([]);
  const attributes = Object.keys(
    provider.schemas.dataSources.browserstack_service_accounts?.attributes ?? {},
  );
  const reads = [1, 2, 3].map(() =>
    provider.readDataSource(
      'browserstack_service_accounts',
      objectValue(attributes.map((name) => [name, null] as const)),
      { signal: new AbortController().signal },
    ),
  );
  await asked;
  provider.stop();
  for (const { diagnostics } of await Promise.all(reads))
    expect(diagnostics).toMatchObject([{ severity: 'error', summary: 'Interrupted' }]);
  expect(server.requests).toHaveLength(1);
});

test.each(['SIGINT', 'SIGTERM'] as const)('one %s ends a command that waits', async (signal) => {
  await busy();
  const home = mkdtempSync(join(tmpdir(), 'stopping-'));
  writeFileSync(join(home, 'x.tf.json'), '{"resource":{"browserstack_team":{"a":{"name":"A"}}}}');
  const entry = fileURLToPath(new URL('../../src/entry/cli.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', entry, 'plan', join(home, 'x.tf.json')], {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      BROWSERSTACK_USERNAME: 'owner_1',
      BROWSERSTACK_ACCESS_KEY: 'key-of-nobody',
      BROWSERSTACK_API_URL: server.url,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = text(child.stderr);
  await asked;
  child.kill(signal);
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(await said).toContain(`Ended by ${signal}`);
  rmSync(home, { recursive: true });
});
