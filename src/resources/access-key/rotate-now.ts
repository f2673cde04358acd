// Rotation on demand, outside of any plan: for the action and for the command line.

import { Problem } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import type { Action } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import { lengthBetween, matching } from '../../schema/validators.ts';
import { isUnknown } from '../../schema/value.ts';
import { findByName, namesAmong, serviceAccounts } from '../service-account/index.ts';
import type { Session } from '../session.ts';
import { refuseSelfLockout } from './guards.ts';
import { type Rotation, type RotationOptions, rotateKey } from './rotate.ts';
import { listedKey } from './sight.ts';

/** What would be rotated: shown before it happens. */
export interface RotationTarget {
  readonly identifier: string;
  readonly username: string;
  /** What names this account, and no other, on a command line. */
  readonly name: string;
  /** Of the key that is going to die. */
  readonly fingerprint: string;
}

/**
 * Finds the account by user name or identifier, and makes sure that its key may be rotated from here. Changes nothing:
 * this is the dry run.
 * @throws Problem `refused` for the account it runs on, `stale` when the key is not the expected one.
 */
export async function rotationTarget(
  id: string,
  expectedFingerprint: string | undefined,
  session: Session,
): Promise<RotationTarget> {
  const { identifier, credentials, fingerprint } = listedKey(await findByName(session, id));
  refuseSelfLockout(credentials.username, session);
  if (expectedFingerprint !== undefined && expectedFingerprint !== fingerprint)
    throw new Problem({
      code: 'stale',
      summary: `The key of "${identifier}" is another one already`,
      detail: `Its fingerprint is ${fingerprint}, not ${expectedFingerprint}: somebody rotated it. Nothing was changed.`,
      path: ['expected_fingerprint'],
    });
  const { username } = credentials;
  const nameOf = namesAmong(await session.snapshot(serviceAccounts).get());
  return { identifier, username, name: nameOf(username), fingerprint };
}

/** Rotates the key once. A Terraform that manages it adopts the new one in its next plan, without rotating again. */
export function rotateNow(
  { username, fingerprint }: RotationTarget,
  op: Operation<Session>,
  options?: RotationOptions,
): Promise<Rotation> {
  return rotateKey(username, fingerprint, op, options);
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
    const target = await rotationTarget(username, expected ?? undefined, op.session);
    op.progress(`rotating ${target.username} (${target.identifier}), because: ${reason}`);
    const { outcome, fingerprint } = await rotateNow(target, op);
    op.progress(
      outcome === 'rotated'
        ? `rotated: fingerprint ${target.fingerprint} is dead, ${fingerprint} is current`
        : `somebody else rotated a moment ago: ${fingerprint} is current, nothing was done`,
    );
  },
};
