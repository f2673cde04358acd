import { Problem } from '../../errors.ts';
import type { Call, Credentials } from '../../http/client.ts';
import { Secret } from '../../secret.ts';
import { effectOf, type Session } from '../session.ts';
import { dateBetween } from './schedule/clocks.ts';
import * as wire from './wire.ts';

export interface Recycled {
  readonly key: Secret;
  /** Between the request and its answer. */
  readonly at: Date;
}

/** The one call that rotates. Sent once, as the account itself; the old key is dead when it answers. */
export async function recycle(session: Session, credentials: Credentials, call: Call): Promise<Recycled> {
  const asked = session.clock.now();
  const { body, date } = await session.client.send(wire.recycleKey, { ...call, credentials, body: {} });
  const key = new Secret(body.new_key);
  if (body.old_key !== credentials.accessKey.reveal() || key.equals(credentials.accessKey))
    throw new Problem({
      code: 'unexpected_answer',
      summary: 'The rotation was answered with keys that do not fit',
      detail: 'The old key is not the one that was sent, or the new one is the same.',
    });
  return { key, at: dateBetween(asked, date, session.clock.now()) };
}

/** Whether a key works: `unknown` when the service did not say so itself. */
export type Life = 'alive' | 'dead' | 'unknown';

/** Whether the service accepts a key. Costs one request, none of them account management. */
export async function lifeOf(session: Session, credentials: Credentials, call: Call): Promise<Life> {
  try {
    await session.client.send(wire.automatePlan, { ...call, credentials });
    return 'alive';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (effectOf(error) !== 'none') return 'unknown';
    // Who may not do this was recognized all the same.
    return LIVES[error.code] ?? 'unknown';
  }
}

const LIVES: Readonly<Partial<Record<Problem['code'], Life>>> = { unauthorized: 'dead', forbidden: 'alive' };
