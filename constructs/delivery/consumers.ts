// Who uses a key, and who answers for it: what a plan shows where a rotation, a replacement or a deletion would reach
// people.

import { Fn, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { defaultFor } from '../defaults';
import { literal, literalList } from '../synthesis/literal';

/** The attribute `consumers`: those who were named, and then the owner. */
export function consumersAttribute(
  construct: IConstruct,
  consumers: string[] | undefined,
): string[] | undefined {
  const owner = defaultFor(construct, 'owner');
  const named = consumers && literalList(consumers);
  if (owner === undefined) return named;
  const last = [literal(`owner: ${owner}`)];
  if (named === undefined) return last;
  return Token.isUnresolved(named) ? Fn.concat([named, last]) : [...named, ...last];
}
