import { afterEach, beforeEach, expect } from 'vitest';
import { openScene, type Scene } from '../docs/scene.ts';
import { itNeeds } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({
    teams: [{ name: 'Payments' }],
    service_accounts: [
      { identifier: 'deploy', username: 'deploy_1' },
      { identifier: 'blue', username: 'blue_1' },
      { identifier: 'green', username: 'green_1' },
    ],
  });
});
afterEach(() => scene.close());

const it = itNeeds('ephemeral resources', 'write-only arguments');
const unprotected = 'deletion_protection = false';

/** An account of a team, its key, and the store that the key is handed to. */
const account = ({
  team = 'Search',
  identifier = 'search-ci',
  key = '',
}: {
  readonly team?: string;
  readonly identifier?: string;
  readonly key?: string;
} = {}) => `
resource "browserstack_team" "search" {
  name = "${team}"
  ${unprotected}
}
resource "browserstack_service_account" "ci" {
  identifier = "${identifier}"
  team       = browserstack_team.search.name
  ${unprotected}
}
resource "browserstack_access_key" "ci" {
  username = browserstack_service_account.ci.username
  ${key}
}
${store('browserstack_access_key.ci')}
`;

/** Two accounts that take turns, and the store that their credential is handed to. */
const pair = ({
  a = 'search-a',
  b = 'search-b',
  more = '',
}: {
  readonly a?: string;
  readonly b?: string;
  readonly more?: string;
} = {}) => `
resource "browserstack_service_account" "a" {
  identifier = "${a}"
  ${unprotected}
}
resource "browserstack_service_account" "b" {
  identifier = "${b}"
  ${unprotected}
}
resource "browserstack_credential_pair" "search" {
  username_a = browserstack_service_account.a.username
  username_b = browserstack_service_account.b.username
  ${more}
}
${store('browserstack_credential_pair.search')}
`;

const store = (key: string) => `
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
`;

const trigger = (reason: string, more = '') => `
  triggers = { reason = "${reason}" }
  ${more}`;

interface Stored {
  readonly username: string;
  readonly access_key: string;
}

const stored = () => JSON.parse(scene.vault.contents.get('secret/key') ?? '{}') as Stored;

/** What BrowserStack answers to whoever uses the key of the store. */
async function answerToStored(): Promise<number> {
  const { username, access_key: key } = stored();
  return (await as(username, key, 'GET', '/automate/plan.json')).status;
}

const as = (username: string, key: string, method: string, path: string) =>
  scene.local.fetch(
    new Request(`http://local${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(`${username}:${key}`)}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: '{}' }),
    }),
  );

const accountOf = (identifier: string) => {
  const found = scene.local.accounts().find((one) => one.identifier === identifier);
  if (found === undefined) throw new Error(`no account ${identifier}`);
  return found;
};

const rotateElsewhere = async (identifier: string) => {
  const { username, accessKey } = accountOf(identifier);
  expect((await as(username, accessKey, 'PUT', '/automate/recycle_key.json')).status).toBe(200);
};

const deleteElsewhere = (identifier: string) =>
  scene.elsewhere('DELETE', `/user/service-accounts?username=${accountOf(identifier).username}`);

async function applied(hcl: string, ...options: readonly string[]): Promise<string> {
  await scene.write('main.tf', hcl);
  const output = await scene.shell(`terraform apply -auto-approve ${options.join(' ')}`);
  expect(output).toContain('Apply complete!');
  return output;
}

/** The store holds a key that works, it came there in this very run, and there is nothing left to do. */
async function expectDelivered(before: Stored): Promise<void> {
  expect(await answerToStored()).toBe(200);
  expect(stored().access_key === before.access_key).toBe(false);
  await expectSettled();
}

async function expectSettled(): Promise<void> {
  expect(await scene.shell('terraform plan -detailed-exitcode')).toContain('No changes.');
}

describeWithTerraform('the key in the store works after', () => {
  it('the first apply and each rotation by a trigger', async () => {
    await applied(account({ key: trigger('one') }));
    await expectDelivered({ username: '', access_key: '' });
    for (const reason of ['two', 'three']) {
      const before = stored();
      await applied(account({ key: trigger(reason) }));
      await expectDelivered(before);
    }
  });

  it('a rotation by age', async () => {
    const key = 'rotate_after_days = 30';
    await applied(account({ key }));
    const before = stored();
    scene.pass(31);
    await applied(account({ key }));
    await expectDelivered(before);
  });

  it('another name of its team, which replaces the account', async () => {
    await applied(account());
    const before = stored();
    await applied(account({ team: 'Research' }));
    await expectDelivered(before);
  });

  it('another identifier, after rotations or without one', async () => {
    await applied(account());
    let before = stored();
    await applied(account({ identifier: 'search-pipeline' }));
    await expectDelivered(before);
    before = stored();
    await applied(account({ identifier: 'search-e2e', key: trigger('one') }));
    await expectDelivered(before);
  });

  it('its account was deleted in the console and made again', async () => {
    await applied(account());
    const before = stored();
    await deleteElsewhere('search-ci');
    await applied(account());
    await expectDelivered(before);
  });

  it('it was taken out of the state, rotated and imported', async () => {
    await applied(account());
    const before = stored();
    await scene.shell('terraform state rm browserstack_access_key.ci');
    await rotateElsewhere('search-ci');
    await scene.shell('terraform import browserstack_access_key.ci search-ci');
    await applied(account());
    await expectDelivered(before);
  });

  it('it was taken out of the state, rotated and adopted by a new block', async () => {
    await applied(account());
    const before = stored();
    await scene.shell('terraform state rm browserstack_access_key.ci');
    await rotateElsewhere('search-ci');
    await applied(account());
    await expectDelivered(before);
  });

  it('its replacement, when the old object rotates as it goes', async () => {
    const key = 'rotate_on_destroy = true';
    await applied(account({ key }));
    const before = stored();
    await applied(account({ key }), '-replace=browserstack_access_key.ci');
    await expectDelivered(before);
  });

  it('a rotation elsewhere, whatever is to be done about it', async () => {
    for (const what of ['adopt', 'warn', 'rotate']) {
      const key = `on_external_rotation = "${what}"`;
      await applied(account({ key }));
      const before = stored();
      await rotateElsewhere('search-ci');
      await applied(account({ key }));
      expect(await answerToStored()).toBe(200);
      expect(stored().access_key === before.access_key).toBe(false);
    }
  });

  it('an older state was restored', async () => {
    await applied(account({ key: trigger('one') }));
    await scene.shell('cp terraform.tfstate older.tfstate');
    await applied(account({ key: trigger('two') }));
    await scene.shell('cp older.tfstate terraform.tfstate');
    await applied(account({ key: trigger('two') }));
    expect(await answerToStored()).toBe(200);
    await expectSettled();
  });
});

describeWithTerraform('the credential of a pair in the store works after', () => {
  it('the first apply and each switch', async () => {
    await applied(pair({ more: trigger('one') }));
    for (const reason of ['two', 'three']) {
      const before = stored();
      await applied(pair({ more: trigger(reason, 'adopted_key_age = "new"') }));
      await expectDelivered(before);
      expect(stored().username === before.username).toBe(false);
    }
  });

  it('the replacement of the active account, at first and after a switch', async () => {
    await applied(pair({ more: trigger('one') }));
    let before = stored();
    await applied(pair({ a: 'search-a2', more: trigger('one') }));
    await expectDelivered(before);
    await applied(pair({ a: 'search-a2', more: trigger('two') }));
    before = stored();
    await applied(pair({ a: 'search-a2', b: 'search-b2', more: trigger('two') }));
    await expectDelivered(before);
  });

  it('the replacement of the idle account', async () => {
    await applied(pair());
    await applied(pair({ b: 'search-b2' }));
    expect(await answerToStored()).toBe(200);
    await expectSettled();
  });

  it('both accounts change places in the configuration', async () => {
    await applied(pair());
    const before = stored();
    const swapped = pair().replace('username_a =', 'username_c =').replace('username_b =', 'username_a =');
    await applied(swapped.replace('username_c =', 'username_b ='));
    await expectDelivered(before);
  });

  it('a rotation of the active key elsewhere', async () => {
    await applied(pair());
    const before = stored();
    await rotateElsewhere('search-a');
    await applied(pair());
    await expectDelivered(before);
  });

  it('a rotation of the idle key elsewhere, and the switch that makes use of it', async () => {
    await applied(pair({ more: trigger('one') }));
    const before = stored();
    await rotateElsewhere('search-b');
    await applied(pair({ more: trigger('two') }));
    await expectDelivered(before);
    expect(stored().username).toBe(accountOf('search-b').username);
  });

  it('it was taken out of the state while the other account was the active one', async () => {
    await applied(pair({ more: trigger('one') }));
    await applied(pair({ more: trigger('two') }));
    const before = stored();
    await scene.shell('terraform state rm browserstack_credential_pair.search');
    await scene.shell('terraform import browserstack_credential_pair.search search-a,search-b');
    await applied(pair({ more: trigger('two') }));
    await expectDelivered(before);
  });

  it('its replacement', async () => {
    await applied(pair({ more: trigger('one') }));
    await applied(pair({ more: trigger('two') }));
    await applied(pair({ more: trigger('two') }), '-replace=browserstack_credential_pair.search');
    expect(await answerToStored()).toBe(200);
    await expectSettled();
  });
});
