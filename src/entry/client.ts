// The public door `browserstack-iac/client`: the account API, checked answers and request budget included.
//
//   const session = await openSession({ username, accessKey });
//   const accounts = await session.snapshot(serviceAccounts).get();

import { type Clock, systemClock } from '../clock.ts';
import { configure } from '../resources/configuration/configure.ts';
import { type Configuration, configurationSchema } from '../resources/configuration/schema.ts';
import type { Session } from '../resources/session.ts';
import { surroundings } from './surroundings.ts';

export { Problem, type ProblemCode, Problems } from '../errors.ts';
export { keyFingerprint, type Rotation, rotateKey } from '../resources/access-key/index.ts';
export { type ServiceAccount, serviceAccounts } from '../resources/service-account/index.ts';
export { Session } from '../resources/session.ts';
export { Secret } from '../secret.ts';

/** The attributes of the provider block, all optional; what is left out comes from the environment. */
export type SessionOptions = {
  readonly [K in keyof Configuration]?: Exclude<Configuration[K], object | null>;
};

export interface SessionSeams {
  readonly clock?: Clock;
  readonly log?: (message: string) => void;
  /** Ends what only reads or waits. */
  readonly signal?: AbortSignal;
}

/**
 * Opens a session on the account API; nothing is sent yet.
 * @throws Problem or Problems when credentials are missing or a setting is wrong.
 */
export function openSession(
  options: SessionOptions = {},
  { clock = systemClock, log = () => {}, signal }: SessionSeams = {},
): Promise<Session> {
  const nothing = Object.fromEntries(Object.keys(configurationSchema.attributes).map((name) => [name, null]));
  // Every attribute is present now, as configured or as null.
  const configuration = { ...nothing, ...options } as Configuration;
  return configure(surroundings())(configuration, {
    clock,
    log: (_level, message) => log(message),
    ...(signal && { signal }),
  });
}
