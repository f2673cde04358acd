// Rotation on demand, outside of any plan: for the action and for the command line.

import { Problem } from '../../../errors.ts';
import type { Operation } from '../../../lifecycle/operation.ts';
import type { Action } from '../../../lifecycle/provider-definition.ts';
import { attribute } from '../../../schema/attribute.ts';
import { defineSchema } from '../../../schema/schema.ts';
import { lengthBetween, matching } from '../../../schema/validators.ts';
import { isUnknown } from '../../../schema/value.ts';
import { forShell } from '../../for-shell.ts';
import { digest } from '../../open-writes.ts';
import { findByName, namesAmong, serviceAccounts } from '../../service-account/index.ts';
import { callOf, type Session } from '../../session.ts';
import { lifeOf } from '../api.ts';
import { refuseSelfLockout } from '../diagnostics.ts';
import { type ListedKey, listedKey } from './key-lookup.ts';
import { KeyLost, MayBeRotated, outdated, untried } from './problems.ts';
import { type Rotation, type RotationOptions, rotateKey } from './rotate.ts';

/** What would be rotated: shown before it happens. */
export interface RotationTarget {
  readonly identifier: string;
  readonly username: string;
  /** What names this account, and no other, on a command line. */
  readonly name: string;
  /** Of the key that is going to die; of the one that is dead already, where `begun` has happened. */
  readonly fingerprint: string;
  /** An earlier run of this machine began this very rotation, and did not bring it to its end. */
  readonly begun: Begun | undefined;
}

/** A rotation that was begun. */
export interface Begun {
  readonly at: Date;
  /** The key that there is instead, where it has happened; nothing is to be rotated then. */
  readonly now: ListedKey | undefined;
}

/** What came of it: `settled` is a rotation of an earlier run, whose new key is this one. */
export interface RotatedNow extends Omit<Rotation, 'outcome'> {
  readonly outcome: Rotation['outcome'] | 'settled';
  /** To be called when whoever was to have the new key has it: until then the next run hands it over again. */
  done(): Promise<void>;
}

/** What a rotation on demand is asked for with. */
export interface Demand {
  /** Rotates only this key. */
  readonly expectedFingerprint?: string | undefined;
  /** Tells one intention from another. */
  readonly reason?: string | undefined;
}

/**
 * Finds the account by user name or identifier, and makes sure that its key may be rotated from here. Changes nothing:
 * this is the dry run.
 * @throws Problem `refused` for the account it runs on, `stale` when the key is not the expected one.
 */
export async function rotationTarget(id: string, demand: Demand, session: Session): Promise<RotationTarget> {
  const listed = listedKey(await findByName(session, id));
  const { identifier, credentials, fingerprint } = listed;
  const { username } = credentials;
  refuseSelfLockout(username, session);
  const nameOf = namesAmong(await session.snapshot(serviceAccounts).get());
  const target = { identifier, username, name: nameOf(username) };
  const earlier = await session.openWrites.find(openName(username));
  const [before] = earlier?.before ?? [];
  if (earlier !== undefined && before !== undefined && isMeant(demand, before, earlier.purpose)) {
    const now = before === fingerprint ? undefined : listed;
    return { ...target, fingerprint: before, begun: { at: earlier.at, now } };
  }
  const { expectedFingerprint: expected } = demand;
  if (expected === undefined || expected === fingerprint) return { ...target, fingerprint, begun: undefined };
  throw new Problem({
    code: 'stale',
    summary: `The key of "${identifier}" is another one already`,
    detail: `Its fingerprint is ${fingerprint}, not ${expected}: it was rotated, elsewhere or by a run that did not hear of it. Nothing was changed now. The key that there is: browserstack-iac keys ${forShell(target.name)} --reveal`,
    path: ['expected_fingerprint'],
  });
}

/**
 * The fingerprint of the key before a rotation that an earlier run of this machine began, made, and did not bring to its
 * end; `undefined` when there is none. `fingerprint` is that of the key now.
 */
export async function unfinishedRotation(
  session: Session,
  { username, fingerprint }: { readonly username: string; readonly fingerprint: string | undefined },
): Promise<string | undefined> {
  const [before] = (await session.openWrites.find(openName(username)))?.before ?? [];
  return fingerprint === undefined || before === fingerprint ? undefined : before;
}

/** Whether an open rotation of the key `before` is the one that is asked for now. */
function isMeant({ expectedFingerprint, reason }: Demand, before: string, purpose: string | null): boolean {
  if (expectedFingerprint !== undefined) return expectedFingerprint === before;
  return purpose === purposeOf(reason);
}

const purposeOf = (reason: string | undefined) => (reason === undefined ? null : digest(reason));
const openName = (username: string) => `rotation of ${username}`;

/**
 * Rotates the key once; a rotation that an earlier run began is settled instead of made again. A Terraform that manages
 * it adopts the new one in its next plan, without rotating again.
 */
export async function rotateNow(
  { username, name, fingerprint, begun }: RotationTarget,
  op: Operation<Session>,
  { reason }: Demand = {},
): Promise<RotatedNow> {
  const { openWrites } = op.session;
  const done = () => openWrites.end(openName(username));
  if (begun?.now !== undefined) return { ...(await settle(begun.now, op)), done };
  let isSent = false;
  const options: RotationOptions = {
    again: `The key had the fingerprint ${fingerprint}: this rotates it at most once, whatever happened: browserstack-iac rotate ${forShell(name)} --expected-fingerprint ${fingerprint}`,
    beforeCall: async () => {
      isSent = true;
      await openWrites.begin(openName(username), [fingerprint], purposeOf(reason));
    },
  };
  try {
    const rotation = await rotateKey(username, fingerprint, op, options);
    const isSettled = begun !== undefined && rotation.outcome === 'adopted';
    return { ...rotation, outcome: isSettled ? 'settled' : rotation.outcome, done };
  } catch (error) {
    const isCertain =
      error instanceof Problem && !(error instanceof MayBeRotated || error instanceof KeyLost);
    if (isSent && isCertain && begun === undefined) await done();
    throw error;
  }
}

/** The key that an earlier run made without hearing of it, if it is one: a list may show an older one. */
async function settle(now: ListedKey, op: Operation<Session>): Promise<Omit<RotatedNow, 'done'>> {
  const life = await lifeOf(op.session, now.credentials, callOf(op));
  if (life !== 'alive') throw life === 'dead' ? outdated(now) : untried(now);
  const { credentials, fingerprint } = now;
  return { outcome: 'settled', key: credentials.accessKey, fingerprint, at: undefined, sealed: undefined };
}

const schema = defineSchema({
  description:
    'Rotates the access key of a service account at once, for an emergency; the old key is dead when it ends. Changes no state: the next plan adopts the new key, without rotating again.',
  attributes: {
    username: attribute.string({
      required: true,
      validate: [lengthBetween(1, 255)],
      description: 'User name (or identifier) of the service account.',
    }),
    reason: attribute.string({
      required: true,
      validate: [lengthBetween(1, 500)],
      description: 'Why, for the record: it is repeated in the progress of the run.',
    }),
    expected_fingerprint: attribute.string({
      optional: true,
      validate: [matching(/^[0-9a-f]{16}$/u, 'be 16 hexadecimal digits, as in key_fingerprint')],
      description: 'Rotates only if the key still has this fingerprint; so running it twice rotates once.',
    }),
  },
});

export const rotateAccessKeyAction: Action<Session, typeof schema> = {
  type: 'browserstack_rotate_access_key',
  schema,
  async invoke({ username, reason, expected_fingerprint: expected }, op) {
    if (isUnknown(username) || isUnknown(reason) || isUnknown(expected))
      throw new Error('an action was invoked with unknown configuration');
    const demand = { expectedFingerprint: expected ?? undefined, reason };
    const target = await rotationTarget(username, demand, op.session);
    op.progress(`rotating ${target.username} (${target.identifier}), because: ${reason}`);
    const { outcome, fingerprint, done } = await rotateNow(target, op, demand);
    await done();
    op.progress(SAID[outcome](target.fingerprint, fingerprint));
  },
};

const SAID: Readonly<Record<RotatedNow['outcome'], (old: string, current: string) => string>> = {
  rotated: (old, current) => `rotated: fingerprint ${old} is dead, ${current} is current`,
  adopted: (_old, current) => `somebody else rotated a moment ago: ${current} is current, nothing was done`,
  settled: (old, current) =>
    `rotated by an earlier run that did not hear of it: ${old} is dead, ${current} is current, nothing was done now`,
};
