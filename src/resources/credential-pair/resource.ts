// Two accounts, one credential: the idle key is rotated, proven to work, and only then published.

import { Problem } from '../../errors.ts';
import type { Operation, WriteOperation } from '../../lifecycle/operation.ts';
import type { Resource } from '../../lifecycle/resource.ts';
import { isUnknown } from '../../schema/value.ts';
import {
  changedDates,
  dueDate,
  isOutdated,
  isOverdue,
  type ListedKey,
  listKey,
  listLagsBehind,
  lookAt,
  type Rotation,
  rotatedDates,
  rotatedElsewhere,
  rotateKey,
  standingAt,
  timeFor,
  validatePolicy,
} from '../access-key/index.ts';
import { findByIdOrIdentifier } from '../service-account/index.ts';
import { callOf, type Session } from '../session.ts';
import { decide, keptPair, plan, reasonOf, statusAfterSwitch, switchedPlaces } from './plan.ts';
import { type CredentialPairState, credentialPairSchema, type PlannedCredentialPair } from './schema.ts';
import { adopted, imported, known } from './state.ts';

type S = typeof credentialPairSchema;

export const credentialPair: Resource<Session, S> = {
  type: 'browserstack_credential_pair',
  schema: credentialPairSchema,

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
    const kept = { ...prior, ...configured, ...keptPair(prior, configured, decision) };
    const exporting = configured.export_access_key && prior.access_key === null;
    const key = exporting ? await revealed(op.session, prior.username) : prior.access_key;
    // Wholly known: it was made of known things alone.
    return { ...kept, access_key: configured.export_access_key ? key : null } as CredentialPairState;
  },

  async delete() {
    // Forgets: both keys belong to their accounts and live on.
  },

  async importState(id, { session }) {
    const [a, b, ...more] = id.split(',').map((part) => part.trim());
    if (!a || !b || more.length > 0) throw wrongImport(id);
    const [first, second] = [await findByIdOrIdentifier(session, a), await findByIdOrIdentifier(session, b)];
    return { username_a: first.username, username_b: second.username };
  },

  naturalKey: ({ username_a, username_b }) =>
    typeof username_a === 'string' && typeof username_b === 'string'
      ? [username_a, username_b].sort().join(',')
      : undefined,
};

async function read(
  prior: CredentialPairState,
  op: Operation<Session>,
): Promise<CredentialPairState | undefined> {
  const a = await lookAt(op.session, prior.username_a);
  const b = await lookAt(op.session, prior.username_b);
  if (a.kind === 'gone' && b.kind === 'gone') return undefined;
  if (a.kind !== 'seen' || b.kind !== 'seen') {
    op.warn(halfSeen(a.kind === 'seen' ? prior.username_b : prior.username_a));
    return prior;
  }
  if (prior.key_fingerprint === null) return adopted(imported(prior), a.key, b.key, op.clock.now());
  const [active, idle] = prior.active_slot === 'b' ? [b.key, a.key] : [a.key, b.key];
  const seen: CredentialPairState = (await hasChanged(idle, prior.idle_key_fingerprint, op))
    ? { ...prior, idle_key_fingerprint: idle.fingerprint, idle_slot_status: 'fresh' }
    : prior;
  if (await hasChanged(active, prior.key_fingerprint, op)) return changedElsewhere(seen, active, op);
  return { ...seen, rotation_status: standing(seen, await timeFor(seen, op)) };
}

/** Not only another key than the known one, but one that is alive. */
async function hasChanged(key: ListedKey, known: string, op: Operation<Session>): Promise<boolean> {
  if (key.fingerprint === known) return false;
  if (!(await isOutdated(op.session, key, callOf(op)))) return true;
  op.warn(listLagsBehind(key.credentials.username));
  return false;
}

/** Until the next due date the retired credential is as good as in use. */
function standing(state: CredentialPairState, now: Date): string {
  const status = standingAt(state, now);
  const isProtected =
    state.idle_slot_status === 'retired' && state.rotation_due_at !== null && !isOverdue(state, now);
  return isProtected && status === 'current' ? 'young' : status;
}

async function changedElsewhere(
  prior: CredentialPairState,
  { credentials, fingerprint, identifier }: ListedKey,
  op: Operation<Session>,
): Promise<CredentialPairState> {
  op.warn(rotatedElsewhere(prior.username, identifier));
  const dates = changedDates(prior, await timeFor(prior, op));
  return {
    ...prior,
    ...dates,
    access_key: prior.export_access_key ? credentials.accessKey.reveal() : null,
    key_fingerprint: fingerprint,
    rotation_due_at: dueDate(prior.username_a, dates, prior),
    rotation_status: 'changed_elsewhere',
    rotation_reason: 'rotated elsewhere',
  };
}

async function rotate(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  { reason, wasDue }: { readonly reason: string; readonly wasDue: boolean },
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
    access_key: configured.export_access_key ? rotation.key.reveal() : null,
    rotation_due_at: dueDate(prior.username_a, dates, configured),
    rotation_status: typeof status === 'string' ? status : 'current',
    rotation_reason: reasonOf(prior, reason),
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

function halfSeen(username: string) {
  return {
    summary: `The account ${username} of a pair cannot be seen`,
    detail:
      'It was deleted, or its key is hidden. The pair is left as it is; it cannot be rotated until both accounts and their keys can be seen.',
  };
}
