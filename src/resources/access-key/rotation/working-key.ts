// The key for somebody who is to use it and knows nothing else of it: a list that lags behind a rotation shows one that
// is dead.

import type { Operation } from '../../../lifecycle/operation.ts';
import { lookRepeatedly, PATIENT } from '../../looking.ts';
import type { Session } from '../../session.ts';
import { callOf } from '../../session.ts';
import { lifeOf } from '../api.ts';
import { type ListedKey, listKey } from './key-lookup.ts';
import { outdated } from './problems.ts';

/**
 * The current key of an account, tried: one that the service refuses is not given away, but looked for again for a
 * minute. One of which it does not say whether it works is given as it is listed.
 * @throws Problem `stale` when the list shows nothing but a dead key; as {@link listKey} otherwise.
 */
export async function workingKey(
  username: string,
  op: Pick<Operation<Session>, 'session' | 'signal' | 'progress'>,
): Promise<ListedKey> {
  const { session, signal, progress } = op;
  let listed = await listKey(session, username);
  const works = async () => (await lifeOf(session, listed.credentials, callOf(op))) !== 'dead';
  if (await works()) return listed;
  const look = async () => {
    listed = await listKey(session, username, true);
    return (await works()) ? listed : undefined;
  };
  const onWait = (seconds: number) =>
    progress(`the list shows a dead key of ${username}; looking again in ${seconds} s`);
  const found = await lookRepeatedly(PATIENT, look, { clock: session.clock, onWait, signal });
  if (found === undefined) throw outdated(listed);
  return found;
}
