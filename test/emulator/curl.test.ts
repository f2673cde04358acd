// The page's curl line, run by curl as printed; only the base URL is another.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { seed } from './organization.ts';

const run = promisify(execFile);
let stack: LocalBrowserStack | undefined;
afterEach(() => stack?.close());

const PRINTED =
  'curl -u "<service-account-username>:<service-account-access-key>" -X PUT -d "{}" https://api.browserstack.com/automate/recycle_key.json';

async function asPrinted(line: string, username: string, key: string): Promise<string> {
  stack ??= await createLocalBrowserStack({ seed });
  const { url } = await stack.listen();
  const filled = line
    .replace('<service-account-username>', username)
    .replace('<service-account-access-key>', key)
    .replace('https://api.browserstack.com', url);
  return (await run('sh', ['-c', filled.replace('curl ', 'curl --silent --show-error --noproxy "*" ')]))
    .stdout;
}

test('Service accounts keys can be reset by hitting below REST API endpoint', async () => {
  const answer = await asPrinted(PRINTED, 'webci_1', 'web-ci-key');
  expect(answer).toMatch(/^\{"old_key":"web-ci-key","new_key":"[0-9A-Za-z]{20}"\}$/);
  const again = await asPrinted(PRINTED, 'webci_1', 'web-ci-key');
  expect(again.trim()).toBe('HTTP Basic: Access denied.');
});

test('the calls of the account pages, as their curl lines have them', async () => {
  const base = 'https://api.browserstack.com/user';
  const as = '-u "<service-account-username>:<service-account-access-key>"';
  const say = (line: string) => asPrinted(line, 'olivia', 'olivia-key');
  expect(JSON.parse(await say(`curl ${as} "${base}/service-accounts"`))).toHaveLength(3);
  const made = await say(`curl ${as} -X POST "${base}/service-accounts?identifier=from-curl&teamName=Web"`);
  expect(JSON.parse(made)).toMatchObject({ identifier: 'from-curl', teamName: 'Web' });
  expect(await say(`curl ${as} -X POST "${base}/create_team?team_name=Payments"`)).toBe(
    '{"message":"Payments successfully created."}',
  );
  expect(await say(`curl ${as} -X POST "${base}/delete_team?team_name=Payments"`)).toBe(
    '{"message":"Payments successfully deleted."}',
  );
});
