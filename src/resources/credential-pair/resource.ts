// Two accounts, one credential: the idle key is rotated, proven to work, and only then published.

import { Problem } from '../../errors.ts';
import type { Operation, WriteOperation } from '../../lifecycle/operation.ts';
import type { Resource } from '../../lifecycle/resource.ts';
import { attribute } from '../../schema/attribute.ts';
import { isUnknown } from '../../schema/value.ts';
import {
  type Decision,
  dueDate,
  keyVersion,
  listKey,
  plannedReason,
  type Rotation,
  rotatedDates,
  rotateKey,
  UNDECIDED,
  validatePolicy,
  withKeyVersion,
} from '../access-key/index.ts';
import { findByName, findByUsername } from '../service-account/index.ts';
import type { Session } from '../session.ts';
import { decide, keptPair, plan, reasonOf, statusAfterSwitch, switchedPlaces } from './plan.ts';
import { read } from './read.ts';
import { type CredentialPairState, credentialPairSchema, type PlannedCredentialPair } from './schema.ts';
import { adopted, known } from './state.ts';

type S = typeof credentialPairSchema;

export const credentialPair: Resource<Session, S> = {
  type: 'browserstack_credential_pair',
  schema: credentialPairSchema,
  identity: { version: 0, attributes: { username_a: slotIdentity('a'), username_b: slotIdentity('b') } },

  validate: (config) => [...validatePolicy(config), ...validateSlots(config.username_a, config.username_b)],

  plan,

  read,

  async create(planned, op) {
    const configured = known(planned);
    const [a, b] = [
      await listKey(op.session, configured.username_a),
      await listKey(op.session, configured.username_b),
    ];
    const state = adopted(configured, a, b, op.clock.now());
    op.save(state);
    return state;
  },

  async update(planned, prior, op) {
    const configured = known(planned);
    const decision = decide(prior, configured);
    if (decision.kind === 'rotate') return rotate(prior, planned, decision, op);
    const kept = {
      ...prior,
      ...configured,
      ...keptPair(prior, configured, decision, true),
      ...plannedReason(planned),
    };
    const exporting = configured.export_access_key && prior.access_key === null;
    const key = exporting ? await revealed(op.session, prior.username) : prior.access_key;
    // Wholly known: it was made of known things alone.
    return { ...kept, access_key: configured.export_access_key ? key : null } as CredentialPairState;
  },

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

  async delete() {
    // Forgets: both keys belong to their accounts and live on.
  },

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
      ? [username_a, username_b].sort().join(',')
      : undefined,
};

function slotIdentity(name: string) {
  return attribute.string({
    required: true,
    description: `User name of the service account in slot ${name}.`,
  });
}

async function rotate(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  { reason, cause, wasDue }: Extract<Decision, { readonly kind: 'rotate' }>,
  op: WriteOperation<Session, CredentialPairState>,
): Promise<CredentialPairState> {
  const configured = known(planned);
  const fresh = prior.idle_slot_status === 'fresh';
  if (!fresh && !isUnknown(planned.key_fingerprint)) throw stale(prior);
  const rotation = fresh
    ? await freshKey(prior, op)
    : await rotateKey(prior.idle_username, prior.idle_key_fingerprint, op, {
        companion: { username: prior.username, fingerprint: prior.key_fingerprint },
      });
  const at = rotation.at ?? op.clock.now();
  const dates = rotatedDates(prior.username_a, prior, wasDue, at);
  const status = statusAfterSwitch(configured);
  const state: CredentialPairState = {
    ...configured,
    ...switchedPlaces(prior),
    ...dates,
    key_fingerprint: rotation.fingerprint,
    key_version: keyVersion(rotation.fingerprint),
    access_key: configured.export_access_key ? rotation.key.reveal() : null,
    rotation_due_at: dueDate(prior.username_a, dates, configured),
    rotation_status: typeof status === 'string' ? status : 'current',
    rotation_reason: reasonOf(prior, reason),
    rotation_cause: cause,
    rotation_pending: null,
    team: prior.team,
    adoption_seen_at: null,
  };
  op.save(state);
  return state;
}

/** The idle slot has a new key already: one change satisfies one intention. */
async function freshKey(prior: CredentialPairState, op: Operation<Session>): Promise<Rotation> {
  const { credentials, fingerprint } = await listKey(op.session, prior.idle_username, true);
  if (fingerprint !== prior.idle_key_fingerprint) throw stale(prior);
  return { outcome: 'adopted', key: credentials.accessKey, fingerprint, at: undefined, sealed: undefined };
}

async function revealed(session: Session, username: string): Promise<string> {
  return (await listKey(session, username)).credentials.accessKey.reveal();
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

function stale({ idle_username }: CredentialPairState): Problem {
  return new Problem({
    code: 'stale',
    summary: `The key of ${idle_username} changed since the plan was made`,
    detail: 'Nothing was rotated and the active credential is the same as before. Plan again.',
  });
}

function wrongImport(id: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'A pair is imported by its two accounts',
    detail: `Write both user names or identifiers with a comma between them, the active one first: "ci_a,ci_b". "${id}" is not that.`,
  });
}
