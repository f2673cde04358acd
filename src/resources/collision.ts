// A plan makes something whose name is taken. By whom decides what the plan says: a stranger's object is never touched,
// one that this run ends anyway makes place, and says what dies with it.

import { engineCommand } from '../engine-command.ts';
import { Problem } from '../errors.ts';
import type { Beside, Change, ReplacedObject } from '../lifecycle/resource.ts';
import { canonicalText, sameText } from '../schema/equal.ts';
import type { Schema, StateOf } from '../schema/schema.ts';
import { dynamicType } from '../schema/type.ts';
import type { ObjectValue } from '../schema/value.ts';
import { DEPOSED, importing, MOVED } from './advice.ts';

/** An object that has the name which a new one is to get. */
export interface Holder {
  readonly type: string;
  readonly identity: ObjectValue;
  /** As messages call it: `service account "ci"`. */
  readonly object: string;
  /** That it exists already, as a title; said of it unless given. */
  readonly exists?: string;
  /** What and where it is, as a sentence. */
  readonly facts: string;
  /** What Terraform imports it by. */
  readonly importId: string;
  /** The attribute that has to be unique, and how it is written in the configuration and by the service. */
  readonly attribute: string;
  readonly configured: string;
  readonly present: string;
}

/**
 * How an object of this state makes place for the new one:
 * - `announced`: its own replacement, which the plan of the change has told already;
 * - `asked`: its own replacement, asked for by -replace or a trigger;
 * - `elsewhere`: another address ends it (a renamed block, or what a failed replacement left over);
 * - `unsaid`: nobody has said yet what becomes of it. A tainted object comes so.
 */
export type Leaving = 'announced' | 'asked' | 'elsewhere' | 'unsaid';

/**
 * Who ends, so that the name becomes free; `undefined` where the write is to find out.
 * @throws Problem `conflict` when nobody does: the object is a stranger's, or another block keeps it.
 */
export function leavingOf<S extends Schema>(
  holder: Holder,
  replaced: Change<S>['replaced'],
  beside: Beside | undefined,
  identityOf: (state: StateOf<S>) => ObjectValue,
): { readonly state: StateOf<S>; readonly leaving: Leaving } | undefined {
  const key = keyOf(holder.identity);
  const own = replaced !== undefined && keyOf(identityOf(replaced.state)) === key;
  const held = beside?.held(holder.type, holder.identity);
  if (held?.stays) throw keptElsewhere(holder);
  if (own) return { state: replaced.state, leaving: announcedOrAsked(replaced) };
  if (held === undefined) {
    // Terraform plans once more before each write. A refusal there would leave an object half replaced that is made
    // before the old one is destroyed; a write that fails gives the old one back.
    if (beside?.applying) return undefined;
    throw existsAlready(holder);
  }
  if (held.ending !== undefined && isProtected(held.ending)) throw heldElsewhere(holder);
  // A state of this type is of its schema.
  return { state: held.state as StateOf<S>, leaving: held.ending === undefined ? 'unsaid' : 'elsewhere' };
}

/** Two blocks make one thing: each sees the other once both were asked about, and the second is refused. */
export function refuseTwins(
  type: string,
  key: string | undefined,
  beside: Beside | undefined,
  { object, attribute }: Pick<Holder, 'object' | 'attribute'>,
): void {
  if (key === undefined || !beside?.creations(type, key).length) return;
  throw new Problem({
    code: 'conflict',
    diagnostic: 'two_blocks',
    summary: `Two blocks make ${object}`,
    detail: `Another block of this configuration has the same ${attribute}, which is unique whatever its case. Take one of them out, or give it another ${attribute}.`,
    path: [attribute],
  });
}

/** An object that stays, and whose name another block gives to a new one. */
export function refuseTwinOf(
  type: string,
  key: string | undefined,
  beside: Beside | undefined,
  { object, attribute }: Pick<Holder, 'object' | 'attribute'>,
): void {
  if (key === undefined || !beside?.creations(type, key).length) return;
  throw new Problem({
    code: 'conflict',
    diagnostic: 'two_blocks',
    summary: `Another block makes ${object} once more`,
    detail: `This block manages it, and another one is to make a new one with the same ${attribute}, which is unique whatever its case. Take one of them out, or give it another ${attribute}.`,
    path: [attribute],
  });
}

/**
 * One address ends what another keeps or imports: the plan would destroy what it also promises. Abandoning ends
 * nothing, whoever else holds it.
 */
export function refuseHeldTwice(
  type: string,
  identity: ObjectValue,
  beside: Beside | undefined,
  object: string,
): void {
  const held = beside?.held(type, identity);
  if (!held?.stays || held.ending === undefined || held.ending.deletion_policy === 'abandon') return;
  throw new Problem({
    code: 'conflict',
    diagnostic: 'address_changed',
    summary: `This plan destroys ${object} at one address and keeps it at another`,
    detail: `Both addresses hold the same object, so nothing would be left of it. If its block was renamed or moved, take the import block out and write:
${MOVED}
If one address is to be forgotten, take it out of the state instead of destroying it: ${engineCommand('state rm ADDRESS')}`,
  });
}

function announcedOrAsked<S extends Schema>({ announced }: ReplacedObject<S>): Leaving {
  return announced ? 'announced' : 'asked';
}

/** Nobody whom this run knows has it. */
export function existsAlready(holder: Holder): Problem {
  const { object, facts, importId, attribute } = holder;
  return new Problem({
    code: 'conflict',
    diagnostic: 'exists_already',
    summary: holder.exists ?? `A ${object} exists already`,
    detail: `${facts}${caseOnly(holder)} If a block of this configuration manages it under another address (renamed, or moved), write:
${MOVED}
If none does, import it instead of creating it:
${importing(importId)}

${DEPOSED} Otherwise choose another ${attribute}.`,
    path: [attribute],
  });
}

/** Its deletion there is refused by its protection; this is what was meant most often. */
function heldElsewhere(holder: Holder): Problem {
  const { object, facts, attribute } = holder;
  return new Problem({
    code: 'conflict',
    diagnostic: 'address_changed',
    summary: `This configuration has ${object} under another address`,
    detail: `${facts}${caseOnly(holder)} This plan would delete it there and make another one here. If its block was renamed or moved, write:
${MOVED}
Nothing happens to it then. Otherwise choose another ${attribute}.`,
    path: [attribute],
  });
}

function isProtected(state: ObjectValue): boolean {
  return state.deletion_protection === true && state.deletion_policy !== 'abandon';
}

function keptElsewhere(holder: Holder): Problem {
  const { object, facts, attribute } = holder;
  return new Problem({
    code: 'conflict',
    diagnostic: 'two_blocks',
    summary: `Another block of this configuration has ${object}`,
    detail: `${facts}${caseOnly(holder)} A block that stays manages it, and the ${attribute} is unique. Take one of the two blocks out, or give this one another ${attribute}. If this block is to take over from the other one, take the other one out and write:
${MOVED}`,
    path: [attribute],
  });
}

function caseOnly({ configured, present, attribute }: Holder): string {
  if (sameText(configured, present)) return '';
  return ` It differs from "${configured}" in upper and lower case only, and no two may differ in that alone: write ${attribute} = ${JSON.stringify(present)} if it is meant.`;
}

function keyOf(identity: ObjectValue): string {
  return canonicalText(dynamicType, identity);
}
