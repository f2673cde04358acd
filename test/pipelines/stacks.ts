// The same stack twice: as HCL, and as a CDKTF program that a job synthesizes.

export interface Wanted {
  readonly identifier: string;
  readonly trigger: string;
  /** Written into the configuration as it is. */
  readonly more?: string;
}

export interface Flavour {
  readonly name: string;
  /** What a job is told of where the configuration is. */
  readonly env: Readonly<Record<string, string>>;
  files(wanted: Wanted, state: string): Readonly<Record<string, string>>;
}

const hcl: Flavour = {
  name: 'HCL',
  env: { DIRECTORY: 'stacks/acme' },
  files: ({ identifier, trigger, more = '' }, state) => ({
    'stacks/acme/main.tf': `
terraform {
  required_providers {
    browserstack = { source = "browserstack-iac/browserstack" }
  }
  backend "local" {
    path = ${JSON.stringify(state)}
  }
}
provider "browserstack" {
  organization            = "Acme Inc."
  max_rotations_per_apply = 10
}
resource "browserstack_team" "payments" {
  name                = "Payments"
  deletion_protection = false
}
resource "browserstack_service_account" "ci" {
  identifier          = ${JSON.stringify(identifier)}
  team                = browserstack_team.payments.name
  consumers           = ["GitHub: acme/payments", "owner: payments@acme.test"]
  deletion_protection = false
}
resource "browserstack_access_key" "ci" {
  username          = browserstack_service_account.ci.username
  rotate_after_days = 90
  triggers          = { quarter = ${JSON.stringify(trigger)} }
  consumers         = ["GitHub: acme/payments"]
}
${more}
`,
  }),
};

const cdktf: Flavour = {
  name: 'CDKTF',
  env: {
    DIRECTORY: 'cdktf.out/stacks/acme',
    SYNTH: 'node --preserve-symlinks --preserve-symlinks-main main.cjs',
  },
  files: ({ identifier, trigger, more = '' }, state) => ({
    'main.cjs': `
const { App, LocalBackend, TerraformStack } = require('cdktf');
const { Duration, KeyRotation, Organization, PluginMirror, RotationPolicy, ServiceAccount, Team } = require('browserstack-iac');
const app = new App();
const stack = new TerraformStack(app, 'acme');
new LocalBackend(stack, { path: ${JSON.stringify(state)} });
const acme = new Organization(stack, 'acme', {
  name: 'Acme Inc.', deletionProtection: false, maxRotationsPerApply: 10, pluginMirror: PluginMirror.NONE,
});
const payments = new Team(acme, 'payments', { name: 'Payments' });
const ci = new ServiceAccount(payments, 'ci', {
  identifier: ${JSON.stringify(identifier)}, owner: 'payments@acme.test', consumers: ['GitHub: acme/payments'],
});
new KeyRotation(ci, 'key', {
  policy: RotationPolicy.every(Duration.days(90)),
  triggers: { quarter: ${JSON.stringify(trigger)} },
  consumers: ['GitHub: acme/payments'],
});
${more}
app.synth();
`,
  }),
};

export const flavours: readonly Flavour[] = [hcl, cdktf];
