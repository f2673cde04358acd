import { afterEach, expect, it } from 'vitest';
import { type Organization, OWNER_CANARY, organization, acme as seed } from '../helpers/organization.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

const CANARY = 'CanaryKeyCanaryKey01';

let acme: Organization;
afterEach(() => acme.close());

const KEY = (more = '') => `
  resource "browserstack_service_account" "ci" { identifier = "payments-ci" }
  resource "browserstack_access_key" "ci" {
    username = browserstack_service_account.ci.username
    triggers = { reason = "first" }
    ${more}
  }
`;

async function organizationWithCanary() {
  return organization({
    seed: {
      ...seed,
      service_accounts: [{ identifier: 'payments-ci', username: 'payments_1', access_key: CANARY }],
    },
  });
}

describeWithTerraform('a key', () => {
  it('stands in no state, plan, output or TRACE log', async () => {
    acme = await organizationWithCanary();
    const terraform = await acme.workspace(KEY(), { TF_LOG: 'TRACE' });
    const outputs = [
      await terraform.terraform('import', 'browserstack_service_account.ci', 'payments_1'),
      await terraform.plan('-out=plan'),
      await terraform.terraform('apply', '-input=false', 'plan'),
      await terraform.plan(),
    ];
    expect(outputs.map(({ exitCode }) => exitCode)).toEqual([0, 2, 0, 0]);
    const seen = [
      ...outputs.map(({ output }) => output),
      JSON.stringify(await terraform.show('plan')),
      JSON.stringify(await terraform.show()),
      terraform.stateText(),
    ].join('\n');
    expect(seen.includes(CANARY)).toBe(false);
    expect(seen.includes(OWNER_CANARY)).toBe(false);
  });

  it('stands in state only when asked for, and under a sensitive path only', async () => {
    acme = await organizationWithCanary();
    const terraform = await acme.workspace(KEY('export_access_key = true'));
    await terraform.terraform('import', 'browserstack_service_account.ci', 'payments_1');
    const { output } = await terraform.apply();
    expect(output.includes(CANARY)).toBe(false);
    const places = pathsOf(await terraform.show(), CANARY);
    expect(places).toEqual([expect.stringMatching(/resources\.\d+\.values\.access_key$/u)]);
    const sensitive = (await terraform.show()) as { values: { root_module: { resources: Sensitive[] } } };
    const key = sensitive.values.root_module.resources.find(({ type }) => type === 'browserstack_access_key');
    expect(key?.sensitive_values).toMatchObject({ access_key: true });
    const plan = await terraform.plan('-destroy', '-out=plan');
    expect(plan.output.includes(CANARY)).toBe(false);
  });
});

interface Sensitive {
  readonly type: string;
  readonly sensitive_values: Readonly<Record<string, unknown>>;
}

function pathsOf(value: unknown, wanted: string, path = ''): readonly string[] {
  if (typeof value === 'string') return value.includes(wanted) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, wanted, `${path}.${name}`));
}
