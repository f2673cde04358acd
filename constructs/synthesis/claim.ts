// Some things may be declared once per organization only; whoever declares one claims it, the organization compares.

import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { literal } from './literal';

interface Claim {
  /** Completes "Two constructs …", e.g. `declare the team`. */
  readonly deed: string;
  readonly of: string;
}

const CLAIM = Symbol.for('browserstack-iac/Claim');

/** What Terraform will only know later cannot be compared here: a token claims nothing. */
export function claim(construct: IConstruct, deed: string, of: string): void {
  if (Token.isUnresolved(literal(of))) return;
  const value: readonly Claim[] = [...claimsOf(construct), { deed, of }];
  Object.defineProperty(construct, CLAIM, { value, configurable: true });
}

/** Claims the key of an account for the construct that rotates it: two of them would undo each other's work. */
export function claimKey(rotation: IConstruct, account: IConstruct, username: string): void {
  claim(rotation, 'rotate the key of', Token.isUnresolved(username) ? account.node.path : username);
}

/** One sentence per thing below these constructs that is claimed more than once, with the paths of all claimants. */
export function rivalClaims(organizations: readonly IConstruct[]): string[] {
  const claimants = new Map<string, string[]>();
  for (const organization of organizations)
    for (const construct of organization.node.findAll())
      for (const { deed, of } of claimsOf(construct)) {
        const sentence = `${deed} "${of}"`;
        claimants.set(sentence, [...(claimants.get(sentence) ?? []), construct.node.path]);
      }
  return [...claimants]
    .filter(([, { length }]) => length > 1)
    .map(
      ([sentence, paths]) =>
        `${paths.join(' and ')} ${paths.length === 2 ? 'both' : 'all'} ${sentence}. Keep one.`,
    );
}

function claimsOf(construct: IConstruct): readonly Claim[] {
  return (construct as IConstruct & { readonly [CLAIM]?: readonly Claim[] })[CLAIM] ?? [];
}
