// Where a construct stands decides what it belongs to: each noun looks outwards for the noun around it.

import { TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { literal } from './literal';

export type Noun =
  | 'Organization'
  | 'Team'
  | 'ServiceAccount'
  | 'User'
  | 'KeyRotation'
  | 'RotatingCredential'
  | 'ServiceAccountFleet'
  | 'Delivery';

/** A registered symbol, so that nouns recognise each other even when the package is installed twice. */
const NOUN = Symbol.for('browserstack-iac/Noun');

/** Says that a construct is this noun, for `enclosing` and `nounOf`. */
export function markAs(construct: IConstruct, noun: Noun): void {
  Object.defineProperty(construct, NOUN, { value: noun });
}

export function nounOf(construct: IConstruct): Noun | undefined {
  return (construct as IConstruct & { readonly [NOUN]?: Noun })[NOUN];
}

/** @throws when the id is only known to Terraform */
export function knownId(id: string, what: string): string {
  if (!Token.isUnresolved(literal(id))) return id;
  throw new Error(`The id of ${what} is a token. Ids must be known when the program runs: use a fixed text.`);
}

/** Nouns that group others, which belong to what is around the group. */
const GROUPS: readonly Noun[] = ['RotatingCredential', 'ServiceAccountFleet'];

/**
 * The nearest noun around something that is about to be made in `scope`. Constructs of other kinds, made for grouping,
 * do not count; the stack is the border.
 * @throws when there is none, or when it is not one of `allowed`
 */
export function enclosing(scope: IConstruct, id: string, what: string, allowed: readonly Noun[]): IConstruct {
  knownId(id, what);
  const place = allowed.map((noun) => `${noun === 'Organization' ? 'an' : 'a'} ${noun}`).join(' or ');
  const path = `${scope.node.path}/${id}`;
  for (const around of [...scope.node.scopes].reverse()) {
    if (TerraformStack.isStack(around)) break;
    const noun = nounOf(around);
    if (noun === undefined || GROUPS.includes(noun)) continue;
    if (allowed.includes(noun)) return around;
    throw new Error(
      `${what} "${path}" stands in the ${noun} "${around.node.path}", but it may only stand in ${place}.`,
    );
  }
  throw new Error(
    `${what} "${path}" may only stand in ${place} of its stack: pass that (or a construct inside it) as the scope.`,
  );
}
