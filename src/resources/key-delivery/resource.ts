// A delivery is proven, not made: other resources write the store. What the store holds is seen in every plan, because
// Terraform opens ephemeral resources in plans too; it is not known only where the store's own resource is new, or where
// a pair has yet to say which account is whose.

import type { PlanAnswer, Resource } from '../../lifecycle/resource.ts';
import type { ConfigOf } from '../../schema/schema.ts';
import { isUnknown, unknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { type Addressed, problemOf, warningOf, wouldKill } from './findings.ts';
import { type Credential, holdingOf, usernameIn } from './holding.ts';
import { type KeyDeliveryState, keyDeliverySchema, type PlannedKeyDelivery } from './schema.ts';

type S = typeof keyDeliverySchema;
type Config = ConfigOf<S>;

export const keyDelivery: Resource<Session, S> = {
  type: 'browserstack_key_delivery',
  schema: keyDeliverySchema,

  async plan({ config, planned, prior }, { warn }) {
    if (config === undefined || planned === undefined) return undefined;
    refuseToKill(config, planned, prior);
    if (isUnknown(config.stored_wo) || !isSettled(planned)) return asking(planned);
    const holding = holdingOf(config.stored_wo, planned);
    if (holding.kind === 'right') return isSame(planned, prior) ? undefined : asking(planned);
    warn(warningOf(holding, planned));
    return asking(planned);
  },

  read: async (prior) => prior,

  create: async (planned, { clock }) => confirmed(planned, clock.now()),

  update: async (planned, _prior, { clock }) => confirmed(planned, clock.now()),

  async delete() {
    // Nothing to undo: what the store holds is its own resource's business.
  },
};

/**
 * Whether there is nothing to write. Terraform plans once more right before it writes, when the store can be read; then
 * this decides whether `confirmed_at` may still be the time of before.
 */
function isSame(planned: PlannedKeyDelivery, prior: KeyDeliveryState | undefined): boolean {
  if (prior === undefined) return false;
  const { confirmed_at: _, stored_wo: __, ...facts } = planned;
  return Object.entries(facts).every(([name, value]) => value === Reflect.get(prior, name));
}

/** The apply will have to look. */
function asking(planned: PlannedKeyDelivery): PlanAnswer<S> {
  return { planned: { ...planned, confirmed_at: unknown } };
}

/** A pair gives the new key to `username`: no store may hold that account's credential then. */
function refuseToKill(
  { stored_wo: stored, key_fingerprint }: Config,
  planned: PlannedKeyDelivery,
  prior: KeyDeliveryState | undefined,
): void {
  // A known fingerprint is that of a key which is there already: nothing is rotated.
  if (planned.idle_username === null || !isUnknown(key_fingerprint)) return;
  const present = { ...planned, key_fingerprint: prior?.key_fingerprint ?? '' };
  if (isSettled(present) && holdsCredentialOf(present, stored, prior)) throw wouldKill(present);
}

/**
 * What the store says, where it is read. OpenTofu does not read it in a plan that changes the resource it depends on, and
 * a bare key says no name: then whose key an apply last saw there.
 */
function holdsCredentialOf(
  account: Settled,
  stored: Config['stored_wo'],
  prior: KeyDeliveryState | undefined,
): boolean {
  const seen = prior?.username === account.username;
  if (isUnknown(stored)) return seen;
  const username = usernameIn(stored, account);
  return username === undefined
    ? seen && holdingOf(stored, account).kind === 'right'
    : username === account.username;
}

/** @throws Problem when the store holds anything else; then the engine keeps the state of before. */
function confirmed(planned: PlannedKeyDelivery, now: Date): KeyDeliveryState {
  const { stored_wo: stored } = planned;
  if (isUnknown(stored) || !isSettled(planned)) throw new Error('unknown at apply');
  const holding = holdingOf(stored, planned);
  if (holding.kind !== 'right') throw problemOf(holding, planned);
  return { ...planned, confirmed_at: now.toISOString() } as KeyDeliveryState; // `isSettled`, and now known
}

type Settled = PlannedKeyDelivery & Credential & Addressed;

/** Whether everything is known that a comparison and its message need. */
function isSettled(planned: PlannedKeyDelivery): planned is Settled {
  const { username, key_fingerprint, username_field, access_key_field, store, mend, idle_username } = planned;
  // Known or not is all that `MaybeUnknown` leaves open.
  return ![username, key_fingerprint, username_field, access_key_field, store, mend, idle_username].some(
    isUnknown,
  );
}
