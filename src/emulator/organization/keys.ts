// Rotation of an access key: self-service only, effective at once, and never the same twice.

import { type Caller, type Context, now } from '../context.ts';
import { newAccessKey } from './credentials.ts';
import { MEMORY_SECONDS, rememberPast } from './history.ts';

export interface RecycledKey {
  readonly oldKey: string;
  readonly newKey: string;
}

/** Gives the caller another key. The old one dies, unless a grace period is switched on. */
export function recycleKey(context: Context, caller: Caller): RecycledKey {
  const newKey = newAccessKey(context);
  if (caller.kind === 'service-account') {
    const { account } = caller;
    const oldKey = account.accessKey;
    rememberPast(account, now(context));
    account.accessKey = newKey;
    return { oldKey, newKey };
  }
  const { user } = caller;
  const oldKey = user.accessKey;
  const until = now(context);
  const kept = user.retiredKeys.filter((retired) => retired.until >= until - MEMORY_SECONDS * 1000);
  user.retiredKeys = [...kept, { accessKey: oldKey, until }];
  user.accessKey = newKey;
  return { oldKey, newKey };
}
