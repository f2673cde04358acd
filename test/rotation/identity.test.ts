import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessKey } from '../../src/resources/access-key/index.ts';
import { credentialPair } from '../../src/resources/credential-pair/index.ts';
import { openScene, type Scene } from '../docs/scene.ts';
import { caught } from '../helpers/caught.ts';
import { itNeeds } from '../helpers/engine.ts';
import { type LocalSession, localSession, OWNER, operation } from '../helpers/local-session.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

const service_accounts = [
  { identifier: 'ci', username: 'ci_1' },
  { identifier: 'blue', username: 'blue_1' },
  { identifier: 'green', username: 'green_1' },
];

describe('the identity', () => {
  let world: LocalSession;
  beforeEach(async () => {
    const organization = { name: 'Acme Inc.' };
    world = await localSession({
      seed: { organization, users: [{ ...OWNER, role: 'owner' }], service_accounts },
    });
  });
  afterEach(() => world.close());

  it('of a key is its account', async () => {
    const op = operation(world.session);
    const state = await accessKey.importIdentity?.({ username: 'ci_1' }, op);
    expect(accessKey.identityOf?.(state as never)).toEqual({ username: 'ci_1' });
    const gone = Promise.resolve(accessKey.importIdentity?.({ username: 'ci' }, op));
    expect(await caught(gone)).toMatchObject({ code: 'not_found' });
  });

  it('of a pair is both of its accounts', async () => {
    const op = operation(world.session);
    const both = { username_a: 'green_1', username_b: 'blue_1' };
    const state = await credentialPair.importIdentity?.(both, op);
    expect(credentialPair.identityOf?.(state as never)).toEqual(both);
    const half = { username_a: 'green_1', username_b: 'nobody_1' };
    const gone = Promise.resolve(credentialPair.importIdentity?.(half, op));
    expect(await caught(gone)).toMatchObject({ code: 'not_found' });
  });
});

describeWithTerraform('import by identity', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene({ service_accounts });
  });
  afterEach(() => scene.close());

  itNeeds('import by identity')('takes over a key and a pair, without a rotation', async () => {
    await scene.write(
      'main.tf',
      `
import {
  to       = browserstack_access_key.ci
  identity = { username = "ci_1" }
}
resource "browserstack_access_key" "ci" { username = "ci_1" }
import {
  to       = browserstack_credential_pair.payments
  identity = { username_a = "blue_1", username_b = "green_1" }
}
resource "browserstack_credential_pair" "payments" {
  username_a = "blue_1"
  username_b = "green_1"
}
`,
    );
    expect(await scene.shell('terraform apply -auto-approve')).toContain(
      '2 imported, 0 added, 0 changed, 0 destroyed',
    );
    expect(await scene.shell('terraform plan -detailed-exitcode; echo $?')).toMatch(/\n0\n$/u);
    expect(scene.local.requests().filter(({ path }) => path.includes('recycle'))).toEqual([]);
  });
});
