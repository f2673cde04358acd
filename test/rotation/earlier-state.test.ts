// A state that version 0.1.0 wrote (fixtures/state-of-0.1.0.json: a key rotated by its trigger, an exported key, a
// pair that changed places) goes on as if this version had written it.

import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keyVersion } from '../../src/resources/access-key/index.ts';
import { openScene, type Scene } from '../docs/scene.ts';
import { REGISTRY_HOST } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

const HCL = `
resource "browserstack_access_key" "ci" {
  username          = "ci_1"
  triggers          = { reason = "two" }
  rotate_after_days = 30
  consumers         = ["GitHub: acme/payments"]
}
resource "browserstack_access_key" "exported" {
  username          = "exported_1"
  export_access_key = true
}
resource "browserstack_credential_pair" "payments" {
  username_a        = "blue_1"
  username_b        = "green_1"
  triggers          = { reason = "two" }
  rotate_after_days = 30
}
`;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({
    random_seed: 'later',
    service_accounts: [
      { identifier: 'ci', username: 'ci_1', access_key: 'CZLBnKtX08ARkcohm5kN' },
      { identifier: 'exported', username: 'exported_1', access_key: 'FirstKeyOfExported01' },
      { identifier: 'blue', username: 'blue_1', access_key: 'FirstKeyOfBlue000001' },
      { identifier: 'green', username: 'green_1', access_key: 'Az8XmybBmeVao07K1Y5t' },
    ],
  });
  const state = await readFile(new URL('fixtures/state-of-0.1.0.json', import.meta.url), 'utf8');
  await scene.write('terraform.tfstate', state.replaceAll('registry.terraform.io', REGISTRY_HOST));
  await scene.write('main.tf', HCL);
});
afterEach(() => scene.close());

const recycles = () => scene.local.requests().filter(({ path }) => path.includes('recycle')).length;

describeWithTerraform('a state of 0.1.0', () => {
  it('plans nothing, with a refresh and without', async () => {
    for (const options of ['', '-refresh=false'])
      expect(await scene.shell(`terraform plan -detailed-exitcode ${options}; echo $?`)).toMatch(
        /No changes\.[\s\S]*\n0\n$/u,
      );
  });

  it('gives each key its version, so that a store can hang on it at once', async () => {
    const outputs = `
output "ci" { value = browserstack_access_key.ci.key_version }
output "pair" { value = browserstack_credential_pair.payments.key_version }
`;
    await scene.write('outputs.tf', outputs);
    expect(await scene.shell('terraform apply -auto-approve -refresh=false')).toContain('Apply complete!');
    const shown = JSON.parse(await scene.shell('terraform output -json'));
    expect(shown).toMatchObject({
      ci: { value: keyVersion('df986ae2448404cc') },
      pair: { value: keyVersion('523368c1fbdf5dc1') },
    });
  });

  it('rotates by its trigger and by its age as before', async () => {
    await scene.write('main.tf', HCL.replaceAll('"two"', '"three"'));
    expect(await scene.shell('terraform apply -auto-approve')).toContain('0 added, 2 changed');
    // The pair's rotation is held back, and says so.
    expect(recycles()).toBe(1);
    scene.pass(31);
    expect(await scene.shell('terraform apply -auto-approve')).toContain('0 added, 2 changed');
    expect(recycles()).toBe(3);
  });
});
