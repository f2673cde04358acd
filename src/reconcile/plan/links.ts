import type { JsonObject } from '../canonical.ts';
import type { Noun } from '../noun.ts';
import { nounOf } from './intent.ts';
import type { PlannedAction } from './plan.ts';

/** True when `object`, of `type`, names the object of `target`: an account its team. */
export function names<Session>(
  type: string,
  object: JsonObject | null,
  target: Pick<PlannedAction, 'type' | 'key'>,
  nouns: readonly Noun<Session>[],
): boolean {
  return Object.entries(nounOf(nouns, type).links).some(([attribute, link]) => {
    const value = object?.[attribute];
    if (link.type !== target.type || typeof value !== 'string') return false;
    return nounOf(nouns, target.type).resource.naturalKey({ [link.attribute]: value }) === target.key;
  });
}
