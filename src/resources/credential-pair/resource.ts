// Two accounts, one credential: the idle key is rotated, proven to work, and only then published.

import { Problem } from '../../errors.ts';
import type { Resource } from '../../lifecycle/resource.ts';
import { attribute } from '../../schema/attribute.ts';
import { isUnknown } from '../../schema/value.ts';
import { UNDECIDED, validatePolicy, withKeyVersion } from '../access-key/index.ts';
import { findByName, findByUsername } from '../service-account/index.ts';
import type { Session } from '../session.ts';
import { create, destroy } from './create.ts';
import { plan } from './plan.ts';
import { accountsOf } from './plan-new.ts';
import { read } from './read.ts';
import { credentialPairSchema } from './schema.ts';
import { update } from './update.ts';

type S = typeof credentialPairSchema;

export const credentialPair: Resource<Session, S> = {
  type: 'browserstack_credential_pair',
  schema: credentialPairSchema,
  identity: { version: 0, attributes: { username_a: slotIdentity('a'), username_b: slotIdentity('b') } },

  validate: (config) => [...validatePolicy(config), ...validateSlots(config.username_a, config.username_b)],

  plan,

  read,

  create,

  update,

  links: {
    username_a: { type: 'browserstack_service_account', attribute: 'username' },
    username_b: { type: 'browserstack_service_account', attribute: 'username' },
  },

  rotation: (prior, planned) =>
    isUnknown(planned.key_fingerprint)
      ? {
          reason: isUnknown(planned.rotation_reason) ? UNDECIDED : (planned.rotation_reason ?? UNDECIDED),
          dueSince: prior.rotation_status === 'due' ? prior.rotation_due_at : null,
          username: prior.idle_username,
        }
      : undefined,

  delete: destroy,

  complete: withKeyVersion,

  async importState(id, { session }) {
    const [a, b, ...more] = id.split(',').map((part) => part.trim());
    if (!a || !b || more.length > 0) throw wrongImport(id);
    const [first, second] = [await findByName(session, a), await findByName(session, b)];
    return { username_a: first.username, username_b: second.username };
  },

  identityOf: ({ username_a, username_b }) => ({ username_a, username_b }),

  async importIdentity({ username_a, username_b }, { session }) {
    const a = await findByUsername(session, String(username_a));
    const b = await findByUsername(session, String(username_b));
    return { username_a: a.username, username_b: b.username };
  },

  naturalKey: ({ username_a, username_b }) =>
    typeof username_a === 'string' && typeof username_b === 'string'
      ? accountsOf(username_a, username_b)
      : undefined,
};

function slotIdentity(name: string) {
  return attribute.string({
    required: true,
    description: `User name of the service account in slot ${name}.`,
  });
}

function validateSlots(a: unknown, b: unknown): readonly Problem[] {
  if (typeof a !== 'string' || a !== b) return [];
  return [
    new Problem({
      code: 'invalid_input',
      summary: 'One account in both slots',
      detail: 'A pair needs two service accounts: one is used while the key of the other is rotated.',
      path: ['username_b'],
    }),
  ];
}

function wrongImport(id: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'A pair is imported by its two accounts',
    detail: `Write both user names or identifiers with a comma between them, the active one first: "ci_a,ci_b". "${id}" is not that.`,
  });
}
