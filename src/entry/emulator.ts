// The public door `browserstack-iac/emulator`: a local BrowserStack for tests, demos and pipelines.

export { type Clock, ManualClock, systemClock } from '../clock.ts';
export {
  type Behaviour,
  type BehaviourName,
  type Behaviours,
  behaviourCatalogue,
  choicesOf,
  type Mode,
  parseBehaviour,
} from '../emulator/behaviours/index.ts';
export { behavioursPage } from '../emulator/behaviours/page.ts';
export { type FaultKind, type FaultRule, faultKinds, parseFaults } from '../emulator/faults.ts';
export type { RequestRecord } from '../emulator/journal.ts';
export {
  createLocalBrowserStack,
  type LocalBrowserStack,
  type LocalBrowserStackOptions,
} from '../emulator/local-browserstack.ts';
export { openApiDocument } from '../emulator/openapi.ts';
export { defaultSeed, parseSeed, type Seed } from '../emulator/seed.ts';
export type { Gauge, RateLimit } from '../emulator/throttle.ts';
export type {
  AccountView,
  MailView,
  OrganizationView,
  SessionView,
  TeamView,
  UserView,
} from '../emulator/views.ts';
