// A credential that is rotated every 30 days and refuses nobody: two accounts take turns. The idle one gets a new key and
// becomes the active one; the former credential stays valid until the next rotation, so its users have 30 days to follow.
//
//   export BROWSERSTACK_USERNAME=… BROWSERSTACK_ACCESS_KEY=…     # an Owner or Admin
//   npx cdktf deploy --app 'node --import tsx examples/rotating-credential/main.ts' --skip-provider-lock
//
// User name and key change together. Here both are outputs, and so stand in the state; prefer a secret store.

import { Duration, Organization, RotatingCredential, RotationPolicy, Team } from 'browserstack-iac';
import { App, TerraformStack } from 'cdktf';

const app = new App();
const stack = new TerraformStack(app, 'rotating-credential');
const acme = new Organization(stack, 'acme', { name: 'Acme Inc.' });
const payments = new Team(acme, 'payments', { name: 'Payments' });

new RotatingCredential(payments, 'ci', {
  identifier: 'payments-ci', // makes payments-ci-a and payments-ci-b
  policy: RotationPolicy.every(Duration.days(30)),
  consumers: ['GitHub: acme/payments'],
  exportAccessKey: true,
  outputs: true,
});

app.synth();
