// Acme Inc. as code: two teams, five service accounts, and one key that is rotated by changing a number.
//
//   export BROWSERSTACK_USERNAME=… BROWSERSTACK_ACCESS_KEY=…     # an Owner or Admin; never written here
//   npx cdktf deploy --skip-provider-lock
//
// Without an account: `npx browserstack-iac emulate` starts a local BrowserStack, `npm run demo` shows all of it.

import { KeyRotation, Organization, ServiceAccount, Team } from 'browserstack-iac';
import { App, TerraformStack } from 'cdktf';

const { QUICKSTART_ROTATION = '1', QUICKSTART_PROTECT = 'true' } = process.env;

const app = new App();
const stack = new TerraformStack(app, 'quickstart');

const acme = new Organization(stack, 'acme', {
  name: 'Acme Inc.', // with credentials of any other organization, nothing is touched
  deletionProtection: QUICKSTART_PROTECT !== 'false',
});

// Where a construct stands is what it belongs to: first the accounts of a team …
const payments = new Team(acme, 'payments', { name: 'Payments' });
const paymentsCi = new ServiceAccount(payments, 'ci', { identifier: 'payments-ci' });
new ServiceAccount(payments, 'release', { identifier: 'payments-release' });

const search = new Team(acme, 'search', { name: 'Search' });
new ServiceAccount(search, 'ci', { identifier: 'search-ci' });

// … then those of the whole organization.
new ServiceAccount(acme, 'nightly', { identifier: 'nightly' });
new ServiceAccount(acme, 'monitoring', { identifier: 'monitoring' });

// The key is adopted as it is. Another value of the trigger rotates it, in place.
new KeyRotation(paymentsCi, 'key', {
  triggers: { rotation: QUICKSTART_ROTATION },
  consumers: ['GitHub: acme/payments'],
  outputs: true,
});

app.synth();
