// What there is of a declared object: the one that the stack owns, or one of its name that nobody owns.

import { Problem } from '../../../errors.ts';
import type { Warning } from '../../../lifecycle/operation.ts';
import type { ObjectValue } from '../../../schema/value.ts';
import type { ConfiguredObject } from '../../input/configured.ts';
import type { Owned } from '../../inventory/owned.ts';
import { isListed, labelOf, type ResourceType } from '../../resource-types.ts';
import type { PlanContext } from '../context.ts';

export interface Found {
  /** What the inventory says of it; also of one that is gone. */
  readonly owned: Owned | undefined;
  /** As it is now; `undefined` when there is none. */
  readonly object: ObjectValue | undefined;
  /** It is there and nobody owns it, or somebody made another one in its place. */
  readonly foreign: boolean;
  readonly warnings: readonly string[];
}

/**
 * Objects are matched by what they are called, so that a block may be relabelled; else by address, so that an object
 * may be renamed. What is owned is looked at by the noun itself, which knows it by its user name.
 * @throws Problem `conflict` when several objects are called so, `forbidden` when these credentials cannot see it.
 */
export async function find<Session>(
  object: ConfiguredObject,
  key: string | undefined,
  resource: ResourceType<Session>,
  context: PlanContext<Session>,
  claimed: ReadonlySet<string>,
): Promise<Found> {
  const owned = ownedBy(object, key, context, claimed);
  const warnings: string[] = [];
  if (owned !== undefined) {
    const warn = (warning: Warning) => warnings.push(inWords(warning));
    const pending = owned.entry.pending === true && isListed(resource);
    const now = pending ? undefined : await resource.read(owned.state, { ...context.op, warn });
    if (now !== undefined) return { owned, object: now, foreign: false, warnings };
    const [made, ...others] = key === undefined ? [] : context.observed.withKey(resource, key);
    if (pending && made !== undefined && others.length === 0)
      return { owned, object: made, foreign: false, warnings: [INTERRUPTED] };
    if (made === undefined)
      return { owned, object: undefined, foreign: false, warnings: pending ? [] : warnings };
    return { owned, object: made, foreign: true, warnings };
  }
  const [only, ...others] = key === undefined ? [] : context.observed.withKey(resource, key);
  if (others.length > 0) throw ambiguous(labelOf(resource), key ?? '', 1 + others.length);
  return { owned: undefined, object: only, foreign: only !== undefined, warnings };
}

const INTERRUPTED = 'A run that was interrupted has made it; it is taken as its own.';

/** What is owned and called so; else what is owned at this address and called by no other declared object. */
function ownedBy<Session>(
  { address, type }: ConfiguredObject,
  key: string | undefined,
  { owned }: PlanContext<Session>,
  claimed: ReadonlySet<string>,
): Owned | undefined {
  const called = key === undefined ? [] : owned.withKey(type, key);
  const same = called.find(({ entry }) => entry.address === address) ?? called[0];
  if (same !== undefined) return same;
  const there = owned.at(address);
  return there !== undefined && there.entry.type === type && !claimed.has(address) ? there : undefined;
}

export function inWords({ summary, detail }: Warning): string {
  return detail === '' ? summary : `${summary}. ${detail}`;
}

function ambiguous(label: string, key: string, count: number): Problem {
  return new Problem({
    code: 'conflict',
    summary: `There are ${count} objects of the kind ${label} named "${key}"`,
    detail: 'Which one is meant cannot be told. Delete or rename the others where BrowserStack shows them.',
  });
}
