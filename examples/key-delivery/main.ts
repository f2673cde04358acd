// Every pipeline has an account whose key is at most 30 days old, and stands where the pipeline reads it: in Vault, and in
// the secrets of its GitHub repository. No key stands in a state or a plan, and a delivery to Vault that did not arrive
// is drift.
//
//   export BROWSERSTACK_USERNAME=… BROWSERSTACK_ACCESS_KEY=…     # an Owner or Admin
//   export VAULT_ADDR=… VAULT_TOKEN=… GH_TOKEN=…
//   npx cdktf deploy --app 'node --import tsx examples/key-delivery/main.ts' --skip-provider-lock

import {
  Duration,
  ForbidKeyInState,
  Organization,
  RequireConsumers,
  RequireRotation,
  RotationPolicy,
  SecretSink,
  Weekday,
} from 'browserstack-iac';
import { App, Aspects, TerraformStack } from 'cdktf';

const app = new App();
const stack = new TerraformStack(app, 'key-delivery');

const teams = { payments: ['ci', 'nightly'], search: ['ci'] };

const acme = new Organization(stack, 'acme', {
  name: 'Acme Inc.',
  owner: 'platform@acme.test',
  maxRotationsPerApply: 10,
  rotation: RotationPolicy.every(Duration.days(30))
    .jitter(Duration.days(7))
    .within({ days: Weekday.MON_FRI, hours: '09:00-16:00', timeZone: 'Europe/Berlin' }),
});
const vault = SecretSink.vaultKv2({ mount: 'secret' });
const github = SecretSink.githubActions(); // a command: GitHub's provider would keep the key in state

for (const [name, uses] of Object.entries(teams)) {
  const team = acme.addTeam(name);
  for (const use of uses) {
    const key = team.addServiceAccount(use, { consumers: [`GitHub: acme/${name}`] }).rotateKey();
    key.deliverTo(vault.path(`browserstack/${name}/${use}`));
    key.deliverTo(github.environment(`acme/${name}`, use));
  }
}
Aspects.of(app).add(new RequireRotation(Duration.days(90)));
Aspects.of(app).add(new RequireConsumers());
Aspects.of(app).add(new ForbidKeyInState());

app.synth();
