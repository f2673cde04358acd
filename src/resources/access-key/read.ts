// Looking at a key: the only place where the clock decides anything. What it finds is stored as the status, and every
// plan made from that state decides the same, today and tomorrow.

import type { Operation } from '../../lifecycle/operation.ts';
import { Secret } from '../../secret.ts';
import type { Session } from '../session.ts';
import { callOf } from '../session.ts';
import { lifeOf } from './api.ts';
import {
  accountIsGone,
  keyCannotBeTried,
  keyIsLost,
  listLagsBehind,
  rotatedElsewhere,
} from './diagnostics.ts';
import { keyFingerprint, keyVersion } from './fingerprint.ts';
import { namesOf } from './planning/planned.ts';
import { hiddenKey, type ListedKey, lookAt, noSuchAccount } from './rotation/key-lookup.ts';
import { timeFor } from './schedule/clocks.ts';
import { changedDates, dueDate, isOverdue, statusAt } from './schedule/status.ts';
import type { AccessKeyState } from './schema.ts';
import { adoptedState, unconfigured } from './state.ts';

export async function read(
  prior: AccessKeyState,
  op: Operation<Session>,
): Promise<AccessKeyState | undefined> {
  const known = knownKey(prior);
  const lookup = await lookAt(op.session, prior.username, { blind: known !== undefined });
  const { username } = prior;
  // An import knows the user name only.
  if (prior.key_fingerprint === null) {
    if (lookup.kind === 'gone') throw noSuchAccount(username);
    if (lookup.kind === 'hidden') throw hiddenKey(username, lookup.reason);
    return adoptedState({ ...unconfigured, ...nonNull(prior) }, found(lookup.key), op.clock.now());
  }
  if (lookup.kind === 'gone') {
    // Whatever was wished for stays wished for: the account may come back, or be imported again.
    op.warn(accountIsGone(username));
    return prior;
  }
  if (lookup.kind === 'hidden') return readHidden(prior, known, lookup.reason, op);
  const exported = prior.export_access_key ? lookup.key.credentials.accessKey.reveal() : null;
  const seen = { ...prior, ...namesOf(lookup.key), access_key: exported };
  if (prior.key_fingerprint !== lookup.key.fingerprint) {
    if (await isBelieved(lookup.key, op)) return changedElsewhere(seen, lookup.key, op);
    return withStatus(prior, op);
  }
  return withStatus(await disproveLoss(seen, lookup.key, op), op);
}

/**
 * Whether a listed key that is not the known one is the current one: a known key is never forgotten for an old one, so
 * only one that works is believed. Warns of any other.
 */
export async function isBelieved({ credentials }: ListedKey, op: Operation<Session>): Promise<boolean> {
  const life = await lifeOf(op.session, credentials, callOf(op));
  if (life === 'alive') return true;
  const { username } = credentials;
  op.warn(life === 'dead' ? listLagsBehind(username) : keyCannotBeTried(username));
  return false;
}

async function withStatus(state: AccessKeyState, op: Operation<Session>): Promise<AccessKeyState> {
  return { ...state, rotation_status: statusAt(state, await timeFor(state, op)) };
}

async function changedElsewhere(
  prior: AccessKeyState,
  { fingerprint, identifier }: ListedKey,
  op: Operation<Session>,
): Promise<AccessKeyState> {
  op.warn(rotatedElsewhere(prior.username, identifier));
  const wasDue = isOverdue(prior, await timeFor(prior, op)) && prior.rotation_status !== 'changed_elsewhere';
  const dates = changedDates(prior, op.clock.now());
  return {
    ...prior,
    ...dates,
    key_fingerprint: fingerprint,
    key_version: keyVersion(fingerprint),
    escrowed_access_key: null,
    rotation_due_at: dueDate(prior.username, dates, prior),
    rotation_status: 'changed_elsewhere',
    rotation_reason: wasDue
      ? `due since ${prior.rotation_due_at}; satisfied by the rotation that happened elsewhere`
      : 'rotated elsewhere',
    rotation_cause: 'external',
    rotation_pending: null,
  };
}

/** A key that counted as lost is not, when the list shows it and it works. */
async function disproveLoss(
  prior: AccessKeyState,
  { credentials }: ListedKey,
  op: Operation<Session>,
): Promise<AccessKeyState> {
  if (prior.rotation_status !== 'lost') return prior;
  if ((await lifeOf(op.session, credentials, callOf(op))) === 'alive')
    return { ...prior, rotation_status: 'current' };
  op.warn(keyIsLost(prior.username));
  return prior;
}

/** Without the list, the key itself says whether it still is the current one. */
async function readHidden(
  prior: AccessKeyState,
  known: Secret | undefined,
  reason: string,
  op: Operation<Session>,
): Promise<AccessKeyState> {
  if (known === undefined || keyFingerprint(prior.username, known) !== prior.key_fingerprint) {
    op.warn({
      diagnostic: 'not_visible',
      summary: `The key of ${prior.username} cannot be seen`,
      detail: `${reason} Whether it changed is not known. To rotate it, give it as current_access_key.`,
      path: ['current_access_key'],
    });
    return withStatus(prior, op);
  }
  const credentials = { username: prior.username, accessKey: known };
  const life = await lifeOf(op.session, credentials, callOf(op));
  if (life === 'unknown') return withStatus(prior, op);
  if (life === 'alive')
    return withStatus(
      prior.rotation_status === 'lost' ? { ...prior, rotation_status: 'current' } : prior,
      op,
    );
  op.warn(keyIsLost(prior.username));
  return { ...prior, rotation_status: 'lost' };
}

/** The key that the state knows, where there is one. */
export function knownKey(
  state: Pick<AccessKeyState, 'access_key' | 'current_access_key'>,
): Secret | undefined {
  const key = state.access_key ?? state.current_access_key;
  return key === null || key === undefined ? undefined : new Secret(key);
}

export function found({ identifier, team, credentials, fingerprint }: ListedKey) {
  return { identifier, team, key: credentials.accessKey, fingerprint, sealed: undefined };
}

function nonNull(prior: AccessKeyState): AccessKeyState {
  const given = Object.entries(prior).filter(([, value]) => value !== null && value !== undefined);
  // An import fills in a part of the state; what it leaves out keeps the default.
  return Object.fromEntries(given) as AccessKeyState;
}
