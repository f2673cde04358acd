// What each kind of object needs to say what happens to it.

import type { Delivery } from '../change.ts';
import type { PlanDocument } from '../plan/plan-document.ts';
import type { Credential, ResourceChange } from '../plan/resource-change.ts';
import type { Accounts } from './accounts.ts';
import type { Deliveries } from './deliveries.ts';
import type { HeldBack } from './rotations/held-back.ts';

/** What an account has to know of its keys. */
export interface KeyFacts {
  readonly consumers: readonly string[];
  readonly deliveries: readonly Delivery[];
}

export interface Facts {
  readonly document: PlanDocument;
  readonly accounts: Accounts;
  readonly deliveries: Deliveries;
  /** The row of `resource_drift` about an address. */
  readonly driftOf: (address: string) => ResourceChange | undefined;
  /** The row of the team of this name that ends in this plan. */
  readonly endingTeam: (name: string | null | undefined) => ResourceChange | undefined;
  /** Where an object of the same name is made, of one that ends. */
  readonly madeAnew: (row: ResourceChange) => string | undefined;
  /** Outputs that hand out the key of this block. */
  readonly outputsOf: (address: string) => readonly string[];
  /** Keys and pairs that belong to the account at this address. */
  readonly keysOf: (accountAddress: string) => readonly KeyFacts[];
  readonly heldBack: (row: Credential) => HeldBack | undefined;
}
