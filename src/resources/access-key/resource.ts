// The access key of an account. Creating adopts, updating rotates in place, deleting forgets: a failed create would
// taint, and the next apply would make a new identity; a failed update does not.

import { Problem } from '../../errors.ts';
import type { WriteOperation } from '../../lifecycle/operation.ts';
import type { Resource } from '../../lifecycle/resource.ts';
import { attribute } from '../../schema/attribute.ts';
import { isUnknown } from '../../schema/value.ts';
import type { Secret } from '../../secret.ts';
import { findByName, findByUsername, serviceAccounts } from '../service-account/index.ts';
import type { Session } from '../session.ts';
import { type Decision, decideRotation } from './decision.ts';
import { type Escrow, rehearse, sealCredential, store } from './escrow.ts';
import { keyFingerprint, withKeyVersion } from './fingerprint.ts';
import { adoptedInstead } from './guards.ts';
import { namesOf, plan, recoveredKey } from './plan.ts';
import { validatePolicy } from './policy.ts';
import { found, knownKey, read } from './read.ts';
import { rotateKey } from './rotate.ts';
import { KeyLost } from './rotation-problems.ts';
import { type AccessKeyState, accessKeySchema, type PlannedAccessKey } from './schema.ts';
import { hiddenKey, listedKey, lookAt, noSuchAccount, type Sight } from './sight.ts';
import {
  adoptedState,
  type Configured,
  configuredIn,
  type Found,
  keptState,
  recoveredState,
  rotatedState,
  unconfigured,
} from './state.ts';

type S = typeof accessKeySchema;
type Write = WriteOperation<Session, AccessKeyState>;

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

  async create(planned, op) {
    const configured = configuredIn(planned);
    const state = adoptedState(configured, await currentKey(configured, undefined, op), op.clock.now());
    op.save(state);
    return state;
  },

  async update(planned, prior, op) {
    const configured = configuredIn(planned);
    const recovered = recoveredKey(prior, configured as PlannedAccessKey);
    if (recovered !== undefined) {
      const fingerprint = keyFingerprint(prior.username, recovered);
      const sealed = await seal(configured, prior.username, { key: recovered, fingerprint });
      const found = { ...namesOf(prior), key: recovered, fingerprint, sealed };
      return recoveredState(prior, configured, found, op.clock.now());
    }
    const decision = decideRotation(prior, configured);
    if (decision.kind === 'stop' || decision.kind === 'undecided')
      throw new Error(`a plan to ${decision.kind} was applied`);
    if (decision.kind !== 'rotate') return keep(keptState(prior, configured, decision, planned), prior, op);
    refuseUnplanned(prior, planned);
    return rotate(prior, configured, decision, op);
  },

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

  async delete(state, op) {
    // Forgets: the key belongs to the account and lives on, unless it is to die with this.
    if (!state.rotate_on_destroy) return;
    const sight = await lookAt(op.session, state.username, { blind: true });
    if (sight.kind === 'gone') return;
    await rotateKey(state.username, state.key_fingerprint, op, { ...optionsOf(state, state), kept: true });
  },

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

async function rotate(
  prior: AccessKeyState,
  configured: Configured,
  decision: Extract<Decision, { readonly kind: 'rotate' }>,
  op: Write,
): Promise<AccessKeyState> {
  try {
    const rotation = await rotateKey(prior.username, prior.key_fingerprint, op, optionsOf(configured, prior));
    if (rotation.outcome === 'adopted') op.warn(adoptedInstead(prior.username));
    const state = rotatedState(prior, configured, rotation, decision, op.clock.now());
    op.save(state);
    return state;
  } catch (error) {
    // The prior state, prior triggers included: what was wished for stays wished for.
    if (error instanceof KeyLost) op.save({ ...prior, rotation_status: 'lost' });
    throw error;
  }
}

/** No rotation; but the export or the escrow may just begin. */
async function keep(kept: AccessKeyState, prior: AccessKeyState, op: Write): Promise<AccessKeyState> {
  const exporting = kept.export_access_key && prior.access_key === null;
  const sealing = kept.escrow_recipient !== null && kept.escrow_recipient !== prior.escrow_recipient;
  const escrowed = kept.escrow_recipient === null ? null : prior.escrowed_access_key;
  const state = {
    ...kept,
    access_key: kept.export_access_key ? prior.access_key : null,
    escrowed_access_key: escrowed,
  };
  if (!exporting && !sealing) return state;
  const { key, sealed } = await currentKey(kept, prior, op);
  return {
    ...state,
    access_key: exporting ? key.reveal() : state.access_key,
    escrowed_access_key: sealing ? (sealed ?? null) : escrowed,
  };
}

/** The key as it is, for whoever begins to look after it. */
async function currentKey(
  configured: Configured,
  prior: AccessKeyState | undefined,
  { session }: Write,
): Promise<Found> {
  const { username } = configured;
  const known = (prior && knownKey(prior)) ?? knownKey({ ...configured, access_key: null });
  const sight = await lookAt(session, username, { blind: known !== undefined });
  const seen = sight.kind === 'seen' ? found(sight.key) : unseen(username, known, sight);
  return { ...seen, sealed: await seal(configured, username, seen) };
}

function unseen(username: string, known: Secret | undefined, sight: Exclude<Sight, { kind: 'seen' }>): Found {
  if (sight.kind === 'gone') throw noSuchAccount(username);
  if (known === undefined) throw hiddenKey(username, sight.reason);
  const names = { identifier: null, team: null };
  return { ...names, key: known, fingerprint: keyFingerprint(username, known), sealed: undefined };
}

async function seal(
  configured: Configured,
  username: string,
  { key }: Pick<Found, 'key' | 'fingerprint'>,
): Promise<string | undefined> {
  const escrow = escrowOf(configured);
  if (escrow === undefined) return undefined;
  await rehearse(escrow);
  const credentials = { username, accessKey: key };
  const sealed = await sealCredential(escrow, credentials);
  await store(escrow, credentials, sealed);
  return sealed;
}

function optionsOf(configured: Configured, prior: AccessKeyState) {
  return {
    knownKey: knownKey(prior) ?? knownKey({ ...configured, access_key: null }),
    escrow: escrowOf(configured),
    kept: configured.export_access_key,
  };
}

function escrowOf({ escrow_recipient, escrow_directory }: Configured): Escrow | undefined {
  if (escrow_recipient === null) return undefined;
  return { recipient: escrow_recipient, directory: escrow_directory ?? undefined };
}

/** What the plan did not show, the apply does not do. */
function refuseUnplanned(prior: AccessKeyState, planned: PlannedAccessKey): void {
  if (isUnknown(planned.key_fingerprint)) return;
  throw new Problem({
    code: 'stale',
    summary: `The plan does not rotate the key of ${prior.username}`,
    detail: 'Something changed since it was made. Nothing was rotated; plan again.',
  });
}

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
