// The access key of an account. Creating adopts, updating rotates in place, deleting forgets: a failed create would
// taint, and the next apply would make a new identity; a failed update does not.

import { Problem } from '../../errors.ts';
import type { Resource } from '../../lifecycle/resource.ts';
import { attribute } from '../../schema/attribute.ts';
import { isUnknown } from '../../schema/value.ts';
import { findByName, findByUsername, serviceAccounts } from '../service-account/index.ts';
import type { Session } from '../session.ts';
import { create, destroy } from './create.ts';
import { keyFingerprint, withKeyVersion } from './fingerprint.ts';
import { plan } from './planning/plan.ts';
import { read } from './read.ts';
import { listedKey } from './rotation/key-lookup.ts';
import { validatePolicy } from './schedule/policy.ts';
import { accessKeySchema } from './schema.ts';
import { unconfigured } from './state.ts';
import { update } from './update.ts';

type S = typeof accessKeySchema;

/** Why a key may be rotated whose triggers are not known yet. */
export const UNDECIDED = 'a trigger is known only during apply';

export const accessKey: Resource<Session, S> = {
  type: 'browserstack_access_key',
  schema: accessKeySchema,
  identity: {
    version: 0,
    attributes: {
      username: attribute.string({
        required: true,
        description: 'User name of the service account whose key it is.',
      }),
    },
  },

  validate: (config) => [...validatePolicy(config), ...validateEscrow(config)],

  plan,

  read,

  create,

  update,

  links: { username: { type: 'browserstack_service_account', attribute: 'username' } },

  rotation: (prior, planned) =>
    isUnknown(planned.key_fingerprint)
      ? {
          reason: isUnknown(planned.rotation_reason) ? UNDECIDED : (planned.rotation_reason ?? UNDECIDED),
          dueSince: prior.rotation_status === 'due' ? prior.rotation_due_at : null,
          username: prior.username,
        }
      : undefined,

  marks: {
    of: 'browserstack_service_account',
    async look({ session }) {
      const accounts = await session.snapshot(serviceAccounts).get();
      const keys = new Map(accounts.map(({ username, accessKey: key }) => [username, key]));
      return ({ username }) => {
        const key = typeof username === 'string' ? keys.get(username) : undefined;
        return { key_fingerprint: key === undefined ? null : keyFingerprint(String(username), key) };
      };
    },
  },

  delete: destroy,

  complete: withKeyVersion,

  async importState(id, { session }) {
    const key = listedKey(await findByName(session, id));
    return { ...unconfigured, username: key.credentials.username };
  },

  identityOf: ({ username }) => ({ username }),

  async importIdentity({ username }, { session }) {
    const key = listedKey(await findByUsername(session, String(username)));
    return { ...unconfigured, username: key.credentials.username };
  },

  naturalKey: ({ username }) => (typeof username === 'string' ? username : undefined),
};

function validateEscrow({
  escrow_recipient,
  escrow_directory,
}: {
  escrow_recipient: unknown;
  escrow_directory: unknown;
}) {
  if (escrow_recipient !== null || escrow_directory === null) return [];
  return [
    new Problem({
      code: 'invalid_input',
      summary: 'An escrow directory without a recipient',
      detail: 'Keys are only stored sealed: give escrow_recipient too.',
      path: ['escrow_directory'],
    }),
  ];
}
