// Rotation of an access key: self-service only, effective at once, and never the same twice.

import { newAccessKey } from './credentials.ts';
import { MEMORY_SECONDS, rememberPast } from './history.ts';
import { type Caller, now, type World } from './world.ts';

export interface RecycledKey {
  readonly oldKey: string;
  readonly newKey: string;
}

/** Gives the caller another key. The old one dies, unless a grace period is switched on. */
export function recycleKey(world: World, caller: Caller): RecycledKey {
  const newKey = newAccessKey(world);
  if (caller.kind === 'service-account') {
    const { account } = caller;
    const oldKey = account.accessKey;
    rememberPast(account, now(world));
    account.accessKey = newKey;
    return { oldKey, newKey };
  }
  const { user } = caller;
  const oldKey = user.accessKey;
  const until = now(world);
  const kept = user.retiredKeys.filter((retired) => retired.until >= until - MEMORY_SECONDS * 1000);
  user.retiredKeys = [...kept, { accessKey: oldKey, until }];
  user.accessKey = newKey;
  return { oldKey, newKey };
}
