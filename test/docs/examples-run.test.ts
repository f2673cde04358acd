// The examples that are neither configuration nor notes: commands of imports, and lists for `terraform query`.

import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { definitionOfProduct } from '../codegen/product.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { openScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  // Whatever an import.sh names must be here.
  scene = await openScene({
    users: [
      { username: 'jane_1', access_key: 'JanesKey000000000001', role: 'user', email: 'jane@example.com' },
    ],
    teams: [{ name: 'Payments' }],
    service_accounts: ['payments-ci', 'payments-blue', 'payments-green'].map((identifier) => ({
      identifier,
    })),
  });
});
afterAll(() => scene.close());

const resources = readdirSync('examples/resources').filter((type) =>
  readdirSync(`examples/resources/${type}`).includes('import.sh'),
);
const lists = readdirSync('examples/list-resources');

describeWithTerraform('the import', () => {
  it.each(resources)('of %s imports, and asks for nothing', async (type) => {
    await scene.write('main.tf', readFileSync(`examples/resources/${type}/resource.tf`, 'utf8'));
    await scene.shell('rm -f terraform.tfstate');
    const output = await scene.shell(readFileSync(`examples/resources/${type}/import.sh`, 'utf8'));
    expect(output).toContain('Import successful!');
  });
});

describeWithTerraform('the example', () => {
  it.each(resources)('of %s can be applied, and then there is nothing to do', async (type) => {
    const fresh = await openScene({});
    try {
      await fresh.write('main.tf', readFileSync(`examples/resources/${type}/resource.tf`, 'utf8'));
      expect(await fresh.shell('terraform apply -auto-approve -no-color')).toContain('Apply complete!');
      expect(await fresh.shell('terraform plan -no-color')).toContain('No changes.');
    } finally {
      await fresh.close();
    }
  });
});

describeWithTerraform('the list', () => {
  it.each(lists)('of %s is well written, and gives only what its schema has', async (type) => {
    const text = readFileSync(`examples/list-resources/${type}/list-resource.tfquery.hcl`, 'utf8');
    // Engines before 1.14 know no such file, but they know the language.
    await scene.write('list/query.tf', text);
    expect(await scene.shell('terraform fmt -check -diff list')).toBe('');
    const { schema } = definitionOfProduct().listResources?.find((one) => one.type === type) ?? {};
    const given = [...text.matchAll(/^ {4}(\w+) +=/gmu)].map(([, name]) => name);
    expect(given.length).toBeGreaterThan(0);
    expect(Object.keys(schema?.attributes ?? {})).toEqual(expect.arrayContaining(given));
  });
});

describeWithTerraform('the README', () => {
  it('shows a configuration that does what it says', async () => {
    const [, hcl = ''] = /```terraform\n(.*?)```/su.exec(readFileSync('README.md', 'utf8')) ?? [];
    await scene.write(
      'readme/main.tf',
      hcl.replace('"Payments"', '"Readme"').replace('payments-ci', 'readme-ci'),
    );
    const output = await scene.shell('terraform -chdir=readme apply -auto-approve -no-color');
    expect(output).toContain('Apply complete! Resources: 3 added, 0 changed, 0 destroyed.');
    expect(scene.local.accounts()).toContainEqual(
      expect.objectContaining({ identifier: 'readme-ci', team: 'Readme' }),
    );
  });
});
