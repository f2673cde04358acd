import { afterEach, expect, it } from 'vitest';
import { type Organization, OWNER_CANARY, organization, acme as seed } from '../helpers/organization.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

let acme: Organization;
afterEach(() => acme.close());

const ACCOUNT = (identifier: string, more = '') => `
  resource "browserstack_service_account" "ci" {
    identifier = "${identifier}"
    ${more}
  }
`;

/** The output without Terraform's frame and line breaks, which depend on the width of the terminal. */
const text = (output: string) => output.replace(/[│╷╵]/gu, ' ').replace(/\s+/gu, ' ');

describeWithTerraform('bad input is answered in the plan', () => {
  it('an identifier of two characters, at its line', async () => {
    acme = await organization();
    const terraform = await acme.workspace(ACCOUNT('ci'));
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(text(output)).toContain('Must have 3 to 255 characters, has 2.');
    expect(text(output)).toMatch(/on main\.tf line \d+, in resource "browserstack_service_account" "ci"/u);
  });

  it('an identifier that exists, with the line that imports it', async () => {
    acme = await organization({
      seed: { ...seed, service_accounts: [{ identifier: 'payments-ci', username: 'payments_1' }] },
    });
    const terraform = await acme.workspace(ACCOUNT('payments-ci'));
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(text(output)).toContain('terraform import ADDRESS payments_1');
    await terraform.terraform('import', 'browserstack_service_account.ci', 'payments_1');
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it.each([
    [
      'wrong credentials',
      { BROWSERSTACK_ACCESS_KEY: 'WrongCanaryKey000001' },
      'Wrong BrowserStack credentials',
    ],
    ['no credentials', { BROWSERSTACK_ACCESS_KEY: '' }, 'BrowserStack access_key is missing'],
    [
      'an API that cannot be reached',
      { BROWSERSTACK_API_URL: 'http://127.0.0.1:1' },
      'BrowserStack cannot be reached',
    ],
  ])('%s', async (_name, env, summary) => {
    acme = await organization();
    const terraform = await acme.workspace(ACCOUNT('payments-ci'), env);
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(text(output)).toContain(summary);
    expect(output).not.toMatch(/CanaryKey/u);
  });

  it('the wrong organization', async () => {
    acme = await organization();
    const guard = 'provider "browserstack" {\n organization = "Other Inc."\n}';
    const terraform = await acme.workspace(guard + ACCOUNT('payments-ci'));
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(text(output)).toContain(
      'configured for "Other Inc.", but these credentials belong to "Acme Inc."',
    );
  });

  it('an organization without Enterprise plan (403)', async () => {
    acme = await organization({ seed: { ...seed, organization: { name: 'Small', enterprise: false } } });
    const terraform = await acme.workspace(ACCOUNT('payments-ci'));
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(text(output)).toContain('Enterprise');
  });

  it('a limit used up by others (429)', async () => {
    acme = await organization({ faults: [{ kind: 'throttle', seconds: 0, times: 'always' }] });
    const terraform = await acme.workspace(ACCOUNT('payments-ci'));
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(text(output)).toContain('Too many requests for this organization');
  });
});

describeWithTerraform('what only the apply can know', () => {
  it('an unknown team is answered at its attribute, and nothing half-made is left', async () => {
    acme = await organization();
    const terraform = await acme.workspace(ACCOUNT('payments-ci', 'team = "Paymnets"'));
    expect((await terraform.plan()).exitCode).toBe(2);
    const { exitCode, output } = await terraform.apply();
    expect(exitCode).toBe(1);
    expect(text(output)).toContain('cannot be created in team "Paymnets"');
    expect(text(output)).toContain(
      'The list of service accounts, read 2 times within 3 s, does not show it.',
    );
    expect(text(output)).toMatch(/on main\.tf line \d+/u);
    expect(acme.local.accounts()).toEqual([]);
    expect((await terraform.plan()).exitCode).toBe(2);
    expect(output).not.toContain(OWNER_CANARY);
  });
});
