import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { play } from './player.ts';

const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-page-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function played(page: string): Promise<string> {
  writeFileSync(join(directory, 'page.md'), page);
  return play(join(directory, 'page.md'));
}

const page = (expected: string, requests: string) => `Before.

<!-- scene
service_accounts: [{ identifier: payments-ci, username: paymentsci_1, access_key: FirstKeyOfPayments01 }]
-->
<!-- file note.txt
written
-->
<!-- run
test -f note.txt
-->

\`\`\`console
$ cat note.txt
${expected}

$ export BROWSERSTACK_ACCESS_KEY=wrong
$ browserstack-iac keys payments-ci > keys.txt 2> errors.txt
$ echo $?
1

$ echo OwnerCanaryKey000001 | browserstack-iac --access-key-stdin keys payments-ci | grep -c paymentsci_1
1
\`\`\`

\`\`\`text requests
${requests}
\`\`\`
`;

it('a page that is right stays as it is; what is wrong on it is corrected', async () => {
  const right = page('written', '2 × GET /user/service-accounts');
  expect(await played(right)).toBe(right);
  expect(await played(page('something else', '7 × GET /user'))).toBe(right);
});

it('a page whose preparation fails says which command it was', async () => {
  await expect(played('<!-- run\ntrue\nls not-there\n-->\n')).rejects.toThrow('ls not-there ended with 2');
});
