// A store that does not hold the key is seen by every plan and stops every apply, until it is mended. The stand-in for
// a vault does what providers of the older SDK do: an update that was refused counts as made.

import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect } from 'vitest';
import { openScene, type Scene } from '../docs/scene.ts';
import { itNeeds } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

const FIRST = 'FirstKeyOfDeploy00001';
const PATH = 'secret/key';
const MEND = "terraform apply -replace='vault_kv_secret_v2.handed'";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({
    service_accounts: [
      { identifier: 'deploy', username: 'deploy_1', access_key: FIRST },
      { identifier: 'blue', username: 'blue_1' },
      { identifier: 'green', username: 'green_1' },
    ],
  });
});
afterEach(() => scene.close());

const KEY = 'browserstack_access_key.deploy';
const PAIR = 'browserstack_credential_pair.deploy';

const handed = (key: string, reason: string, more = '') => `
resource ${KEY.replace(/(.*)\.(.*)/u, '"$1" "$2"')} {
  username = "deploy_1"
  triggers = { reason = "${reason}" }
}
resource ${PAIR.replace(/(.*)\.(.*)/u, '"$1" "$2"')} {
  username_a = "blue_1"
  username_b = "green_1"
  triggers   = { reason = "${reason}" }
}
ephemeral "browserstack_access_key" "handed" {
  username             = ${key}.username
  expected_fingerprint = ${key}.key_fingerprint
}
resource "vault_kv_secret_v2" "handed" {
  mount                = "secret"
  name                 = "key"
  data_json_wo_version = ${key}.key_version
  data_json_wo = jsonencode({
    username   = ephemeral.browserstack_access_key.handed.username
    access_key = ephemeral.browserstack_access_key.handed.access_key
  })
}
ephemeral "vault_kv_secret_v2" "stored" {
  mount = split("/", vault_kv_secret_v2.handed.path)[0]
  name  = vault_kv_secret_v2.handed.name
}
resource "browserstack_key_delivery" "handed" {
  username        = ${key}.username
  key_fingerprint = ${key}.key_fingerprint
  store           = "vault: ${PATH}"
  stored_wo       = ephemeral.vault_kv_secret_v2.stored.data_json
  mend            = "${MEND}"
  ${more}
}
`;

const write = (...args: Parameters<typeof handed>) => scene.write('main.tf', handed(...args));
const apply = (more = '') => scene.shell(`terraform apply -auto-approve ${more}`);
const plan = () => scene.shell('terraform plan -detailed-exitcode; echo "exit $?"');
/** As a person reads it, without frames and line ends. */
const plain = (output: string) =>
  stripVTControlCharacters(output).replace(/[│╷╵]/gu, '').replace(/\s+/gu, ' ');

async function expectSettled(): Promise<void> {
  expect(await plan()).toContain('exit 0');
  const { username, access_key: key } = JSON.parse(scene.vault.contents.get(PATH) ?? '{}');
  const authorization = `Basic ${btoa(`${username}:${key}`)}`;
  const request = new Request('http://local/automate/plan.json', { headers: { authorization } });
  expect((await scene.local.fetch(request)).status).toBe(200);
}

/** Seen by the plan, refused by the apply, twice; then mended by the command that the message names. */
async function expectSeenUntilMended(what: string): Promise<void> {
  for (const _time of ['first', 'again']) {
    const planned = plain(await plan());
    expect(planned).toContain(`Warning: vault: ${PATH} does not hold the key of deploy_1`);
    expect(planned).toContain(what);
    expect(planned).toContain('exit 2');
    expect(plain(await apply())).toContain(`Error: vault: ${PATH} does not hold the key of deploy_1`);
  }
  expect(await apply(MEND.replace('terraform apply ', ''))).toContain('Apply complete!');
  await expectSettled();
}

const both = ['ephemeral resources', 'write-only arguments'] as const;

describeWithTerraform('a delivery that is verified', () => {
  itNeeds(...both)('is confirmed with each key, and asks for nothing in between', async () => {
    for (const reason of ['one', 'two', 'three']) {
      await write(KEY, reason);
      expect(await apply()).toContain('Apply complete!');
      await expectSettled();
    }
    const key = JSON.parse(scene.vault.contents.get(PATH) ?? '{}').access_key;
    const state = await scene.shell('cat terraform.tfstate');
    expect([state.includes(key), state.includes(FIRST)]).toEqual([false, false]);
    expect(state).toMatch(/"confirmed_at": ?"2026-03-02T09:00:00.000Z"/u);
  });

  itNeeds(...both)('that a store refused after the rotation is not forgotten', async () => {
    await write(KEY, 'one');
    await apply();
    await write(KEY, 'two');
    scene.vault.refusing = true;
    expect(await apply()).toContain('403. permission denied');
    scene.vault.refusing = false;
    await expectSeenUntilMended('It holds another key of deploy_1.');
    const rotations = scene.local.requests().filter(({ path }) => path.includes('recycle_key'));
    expect(rotations.filter(({ method }) => method === 'PUT')).toHaveLength(2); // the pair's, too
  });

  itNeeds(...both)('is lost to whatever somebody puts there, and never shows it', async () => {
    await write(KEY, 'one');
    await apply();
    const canary = 'HandWrittenCanary0001';
    for (const [holds, what] of [
      [{ username: 'deploy_1', access_key: canary }, 'It holds another key of deploy_1.'],
      [{ username: canary, access_key: FIRST }, 'It holds the credential of another account.'],
      [{ username: 'deploy_1', password: canary }, 'What it holds has no key in it (field "access_key").'],
    ] as const) {
      scene.vault.contents.set(PATH, JSON.stringify(holds));
      const planned = plain(await plan());
      expect(planned).toContain(what);
      const refused = plain(await apply());
      expect(refused).toContain(what);
      expect([planned, refused].join().includes(canary)).toBe(false);
    }
    await expectSeenUntilMended('no key in it');
    scene.vault.contents.set(PATH, JSON.stringify({ username: 'deploy_1', access_key: FIRST, more: 'x' }));
    await expectSettled();
  });

  itNeeds(...both)('begins with a store that is there already, and may hold anything', async () => {
    const only = (text: string) => text.slice(0, text.indexOf('ephemeral "vault_kv_secret_v2"'));
    await scene.write('main.tf', only(handed(KEY, 'one')));
    await apply();
    await write(KEY, 'one');
    scene.vault.contents.set(PATH, '{"access_key":"WrongKey000000000001"}');
    await expectSeenUntilMended('It holds another key of deploy_1.');
  });
});

describeWithTerraform('the credential of a pair', () => {
  itNeeds(...both)('that did not arrive still works, and is not ended while the store holds it', async () => {
    const more = `idle_username = ${PAIR}.idle_username`;
    await write(PAIR, 'one', more);
    await apply();
    scene.vault.refusing = true;
    await write(PAIR, 'two', more);
    expect(await apply()).toContain('403. permission denied');
    scene.vault.refusing = false;
    const refused = plain(await apply());
    expect(refused).toContain('Error: vault: secret/key does not hold the key of green_1');
    expect(refused).toContain(
      'the credential of the idle account blue_1, which works until the next rotation',
    );

    await write(PAIR, 'three', more);
    const before = scene.local.accounts().map(({ accessKey }) => accessKey);
    expect(plain(await apply())).toContain(
      'Error: vault: secret/key still holds the credential that this plan would end',
    );
    expect(scene.local.accounts().map(({ accessKey }) => accessKey)).toEqual(before);

    await write(PAIR, 'two', more);
    expect(await apply(MEND.replace('terraform apply ', ''))).toContain('Apply complete!');
    await expectSettled();
    await write(PAIR, 'three', more);
    expect(await apply()).toContain('Apply complete!');
    await expectSettled();
  });

  itNeeds(...both)('is ended all the same, where the block names no idle account', async () => {
    const more = `idle_username = ${PAIR}.idle_username`;
    await write(PAIR, 'one', more);
    await apply();
    scene.vault.refusing = true;
    await write(PAIR, 'two', more);
    await apply();
    scene.vault.refusing = false;
    await write(PAIR, 'three', more);
    expect(plain(await apply())).toContain('take idle_username out of this block for one apply');
    await write(PAIR, 'three');
    expect(await apply()).toContain('Apply complete!');
    await expectSettled();
    await write(PAIR, 'three', more);
    await apply();
    await expectSettled();
  });
});
