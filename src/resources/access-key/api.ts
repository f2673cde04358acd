import { Problem } from '../../errors.ts';
import type { Call, Credentials } from '../../http/client.ts';
import { Secret } from '../../secret.ts';
import type { Session } from '../session.ts';
import * as wire from './wire.ts';

export interface Recycled {
  readonly key: Secret;
  readonly at: Date;
}

/** The one call that rotates. Sent once, as the account itself; the old key is dead when it answers. */
export async function recycle(session: Session, credentials: Credentials, call: Call): Promise<Recycled> {
  const { body, date } = await session.client.send(wire.recycleKey, { ...call, credentials, body: {} });
  const key = new Secret(body.new_key);
  if (body.old_key !== credentials.accessKey.reveal() || key.equals(credentials.accessKey))
    throw new Problem({
      code: 'unexpected_answer',
      summary: 'The rotation was answered with keys that do not fit',
      detail: 'The old key is not the one that was sent, or the new one is the same.',
    });
  return { key, at: date };
}

/** True when the service accepts the key, false when it answers 401. Anything else is thrown. */
export async function isAlive(session: Session, credentials: Credentials, call: Call): Promise<boolean> {
  try {
    await session.client.send(wire.automatePlan, { ...call, credentials });
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === 'unauthorized') return false;
    throw error;
  }
}

/** The time by the server's clock; the machine's own where the server cannot be asked. */
export async function serverTime(session: Session, call: Call): Promise<Date> {
  try {
    return (await session.client.send(wire.automatePlan, call)).date;
  } catch (error) {
    if (error instanceof Problem) return session.clock.now();
    throw error;
  }
}
