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
export { type FaultKind, type FaultRule, faultKinds, parseFaults } from '../emulator/faults/faults.ts';
export type { Gauge, RateLimit } from '../emulator/http/rate-limit.ts';
export type { RequestRecord } from '../emulator/inspect/request-log.ts';
export type {
  AccountView,
  MailView,
  OrganizationView,
  SessionView,
  TeamView,
  UserView,
} from '../emulator/inspect/views.ts';
export {
  createLocalBrowserStack,
  type LocalBrowserStack,
  type LocalBrowserStackOptions,
} from '../emulator/local-browserstack.ts';
export { openApiDocument } from '../emulator/openapi/document.ts';
export { defaultSeed, parseSeed, type Seed } from '../emulator/storage/seed.ts';
