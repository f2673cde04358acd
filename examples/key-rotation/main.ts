// One pipeline of each team has a key that is never older than 90 days. It is rotated in place, in the small hours of a
// working day, and the deployment says why in its plan.
//
//   export BROWSERSTACK_USERNAME=… BROWSERSTACK_ACCESS_KEY=…     # an Owner or Admin
//   npx cdktf deploy --app 'node --import tsx examples/key-rotation/main.ts' --skip-provider-lock
//
// Deploy it every night: only a key that is due is rotated. From then until its consumers have the new key, they are
// refused; where that is too long, see ../rotating-credential.

import {
  Duration,
  KeyRotation,
  Organization,
  RotationPolicy,
  ServiceAccount,
  Team,
  Weekday,
} from 'browserstack-iac';
import { App, TerraformStack } from 'cdktf';

const app = new App();
const stack = new TerraformStack(app, 'key-rotation');
const acme = new Organization(stack, 'acme', {
  name: 'Acme Inc.',
  maxRotationsPerApply: 10, // a plan that rotates more is refused, with the list
  rotation: RotationPolicy.every(Duration.days(90))
    .jitter(Duration.days(14)) // not all of them in one night
    .within({
      days: [Weekday.TUE, Weekday.WED, Weekday.THU],
      hours: '02:00-05:00',
      timeZone: 'Europe/Berlin',
    }),
});

for (const name of ['Payments', 'Search']) {
  const team = new Team(acme, name, { name });
  const ci = new ServiceAccount(team, 'ci', { identifier: `${name.toLowerCase()}-ci` });
  new KeyRotation(ci, 'key', {
    consumers: [`GitHub: acme/${name.toLowerCase()}`],
    outputs: true,
  });
}

app.synth();
