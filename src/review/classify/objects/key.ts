import { type Cause, type Change, highest, NO_BLAST, type Remark } from '../../change.ts';
import type { ChangeOf } from '../../plan/resource-change.ts';
import { differencesOf } from '../differences.ts';
import type { Facts } from '../facts.ts';
import { onlyNotes, waitingOf } from '../rotations/held-back.ts';
import { rotationCause } from '../rotations/rotation-cause.ts';
import { age, changedTriggers, scheduleRemarks } from '../rotations/schedule.ts';
import { ageOf, credentialFacts, exportRemarks } from './credential.ts';
import { baseOf, causeOf, commonRemarks, isByRequest, kindOf, levelOf } from './object.ts';

type Row = ChangeOf<'browserstack_access_key'>;
type Verdict = Pick<Change, 'kind' | 'cause'> & { readonly remarks?: readonly Remark[] };

export function classifyKey(change: Row, facts: Facts): Change | undefined {
  const verdict = verdictOf(change, facts);
  if (verdict === undefined) return undefined;
  const { kind, cause } = verdict;
  const { before, after } = change;
  const shared = credentialFacts(change, facts);
  const remarks: Remark[] = [
    ...commonRemarks(change, facts).filter(
      ({ code }) => code !== 'made_again' || cause.follows === undefined,
    ),
    ...(verdict.remarks ?? []),
    ...(kind === 'rotate' ? deliveryRemarks(shared.deliveries) : []),
    ...exportRemarks(change, kind, facts),
    ...settingRemarks(change),
    ...(cause.code === 'cascade' ? [] : scheduleRemarks(change)),
  ];
  const breaks = kind === 'rotate';
  return {
    ...baseOf(change, kind, shared.identifier ?? shared.username ?? change.address),
    ...shared,
    ...ageOf(after ?? before),
    ...(cause.code === 'external' && kind === 'adopt' ? foundElsewhere(change, facts) : {}),
    level:
      cause.code === 'cascade'
        ? followerLevel(remarks)
        : highest([ownLevel(change, kind), ...remarks.map(({ level }) => level)]),
    cause,
    undo: kind === 'rotate' || cause.code === 'cascade' ? 'no' : kind === 'may_rotate' ? 'partly' : 'yes',
    breaks: breaks && !shared.deliveries.some(({ fires }) => fires),
    blast: breaks ? { ...NO_BLAST, keys: 1 } : NO_BLAST,
    remarks,
  };
}

function ownLevel(change: Row, kind: Change['kind']): Change['level'] {
  if (kind === 'update' && onlyNotes(change)) return 'quiet';
  return kind === 'replace' ? 'look' : levelOf(kind);
}

/** What comes along with an account is not told twice, but a key that leaks is a thing of its own. */
function followerLevel(remarks: readonly Remark[]): Change['level'] {
  return remarks.some(({ level }) => level === 'danger') ? 'danger' : 'ok';
}

function verdictOf(change: Row, facts: Facts): Verdict | undefined {
  switch (change.action) {
    case 'create':
      return created(change, facts);
    case 'update':
      return updated(change, facts);
    case 'no-op':
    case 'read':
      return unchanged(change, facts);
    case 'replace':
    case 'forget-and-create':
      return replaced(change, facts);
    case 'delete':
    case 'forget':
      return ended(change, facts);
    case 'unknown':
      return { kind: 'unknown', cause: causeOf(change) };
  }
}

function updated(change: Row, facts: Facts): Verdict {
  const { before, after, unknown, importing } = change;
  if (importing) return { kind: 'adopt', cause: causeOf(change), remarks: adoptedAge(change) };
  if (unknown.has('generation'))
    return {
      kind: 'may_rotate',
      cause: { code: 'trigger', attributes: ['triggers'], triggers: change.unknownTriggers },
    };
  const rises = (after?.generation ?? 0) > (before?.generation ?? 0);
  // A new key that is known already was not made by a rotation: it was given, for one that was lost.
  if (rises && unknown.has('key_fingerprint')) {
    const cause = rotationCause(change, facts.document.timestamp);
    const again = cause.code === 'external' || before?.rotation_status === 'changed_elsewhere';
    return { kind: 'rotate', cause, remarks: again ? [{ code: 'rotated_again', level: 'danger' }] : [] };
  }
  if (wasRotatedElsewhere(change, facts)) return elsewhere(change);
  const pending = facts.heldBack(change) ?? waitingOf(change, facts.document.timestamp);
  return pending ?? { kind: 'update', cause: causeOf(change) };
}

/** A plan may say something about a key without doing anything about it. */
function unchanged(change: Row, facts: Facts): Verdict | undefined {
  if (wasRotatedElsewhere(change, facts)) {
    const code = change.before?.rotation_status === 'changed_elsewhere' ? 'undecided' : 'rotated_elsewhere';
    return { kind: 'adopt', cause: EXTERNAL, remarks: [{ code, level: 'look' }] };
  }
  const pending = facts.heldBack(change) ?? waitingOf(change, facts.document.timestamp);
  if (pending !== undefined) return pending;
  const kind = kindOf(change);
  return (
    kind && { kind, cause: causeOf(change), ...(kind === 'adopt' ? { remarks: adoptedAge(change) } : {}) }
  );
}

function replaced(change: Row, facts: Facts): Verdict {
  const { before, after, unknown } = change;
  const account = facts.accounts.behind(change);
  if (account?.change !== undefined && endsHere(account.change.action))
    return { kind: 'replace', cause: { ...causeOf(change), code: 'cascade', follows: account.address } };
  // Its account is gone already, and another one made: the key comes along with that.
  if (account?.change?.action === 'create')
    return { kind: 'adopt', cause: { ...causeOf(change), follows: account.address } };
  if (before?.username !== after?.username || unknown.has('username')) {
    const to = after?.username ?? 'an account that is not known yet';
    return {
      kind: 'replace',
      cause: causeOf(change),
      remarks: [{ code: 'other_account', level: 'look', from: before?.username ?? '', to }],
    };
  }
  const rises = (after?.generation ?? 0) > (before?.generation ?? 0);
  const rotates =
    after?.rotation_cause != null ||
    rises ||
    (before?.rotate_on_destroy === true && change.action === 'replace');
  const code = isByRequest(change) ? 'request' : causeOf(change).code;
  return { kind: rotates ? 'rotate' : 'restart', cause: { ...causeOf(change), code } };
}

function ended(change: Row, facts: Facts): Verdict {
  const { before, action } = change;
  const account = facts.accounts.behind(change);
  const fate = account?.change;
  const dies =
    fate !== undefined &&
    (fate.action === 'delete' || fate.action === 'replace') &&
    fate.before?.deletion_policy !== 'abandon';
  if (before?.rotate_on_destroy === true && action === 'delete' && !dies)
    return {
      kind: 'rotate',
      cause: causeOf(change),
      remarks: [{ code: 'rotated_into_nothing', level: 'danger' }],
    };
  const follows = fate !== undefined && endsHere(fate.action) ? account?.address : undefined;
  return {
    kind: 'forget',
    cause: follows === undefined ? causeOf(change) : { ...causeOf(change), code: 'cascade', follows },
  };
}

function endsHere(action: Row['action']): boolean {
  return action === 'delete' || action === 'replace' || action === 'forget' || action === 'forget-and-create';
}

/** The key of an account that is made in the same plan is as new as the account. */
function created(change: Row, facts: Facts): Verdict {
  const account = facts.accounts.behind(change);
  if (account?.change?.action !== 'create')
    return { kind: 'adopt', cause: causeOf(change), remarks: adoptedAge(change) };
  return { kind: 'adopt', cause: { ...causeOf(change), follows: account.address } };
}

/** The fingerprint changed since the last apply, whether the state knows of it already or not. */
function wasRotatedElsewhere(change: Row, { driftOf }: Facts): boolean {
  const drift = driftOf(change.address);
  const changed =
    drift?.type === 'browserstack_access_key' &&
    drift.before?.key_fingerprint != null &&
    drift.after?.key_fingerprint != null &&
    drift.before.key_fingerprint !== drift.after.key_fingerprint;
  return changed || change.before?.rotation_status === 'changed_elsewhere';
}

/** What is different about a key that somebody else rotated stands beside the plan: its state knows it already. */
function foundElsewhere(change: Row, { driftOf }: Facts): Partial<Change> {
  const drift = driftOf(change.address);
  if (drift?.type !== 'browserstack_access_key') return {};
  const seen = differencesOf(drift);
  const names = new Set(seen.map(({ attribute }) => attribute));
  const [before, after] = [drift.before?.generation, drift.after?.generation];
  return {
    differences: [...seen, ...differencesOf(change).filter(({ attribute }) => !names.has(attribute))],
    ...(before != null && after != null ? { generation: { before, after } } : {}),
  };
}

const EXTERNAL: Cause = { code: 'external', attributes: [], triggers: [] };

function elsewhere(change: Row): Verdict {
  const satisfied = changedTriggers(change).length > 0;
  return {
    kind: 'adopt',
    cause: EXTERNAL,
    remarks: [
      { code: 'rotated_elsewhere', level: 'look' },
      ...(satisfied ? [{ code: 'satisfied', level: 'look' } as const] : []),
    ],
  };
}

function adoptedAge({ after }: Row): readonly Remark[] {
  const told = after?.adopted_key_age;
  return told == null ? [] : [{ code: 'age_adopted', level: 'ok', age: age(told) }];
}

function settingRemarks({ before, after, action }: Row): readonly Remark[] {
  const remarks: Remark[] = [];
  if (
    after !== undefined &&
    after.current_access_key !== null &&
    after.current_access_key !== before?.current_access_key
  )
    remarks.push({ code: 'key_given', level: 'danger' });
  if (before === undefined || after === undefined || action !== 'update') return remarks;
  if (before.on_external_rotation !== after.on_external_rotation && after.on_external_rotation !== null)
    remarks.push({
      code: 'external_policy',
      level: 'ok',
      from: before.on_external_rotation ?? 'adopt',
      to: after.on_external_rotation,
    });
  if (before.rotate_on_destroy !== true && after.rotate_on_destroy === true)
    remarks.push({ code: 'rotates_when_destroyed', level: 'look' });
  if (
    before.escrow_recipient !== after.escrow_recipient ||
    before.escrow_directory !== after.escrow_directory
  )
    remarks.push({ code: 'escrow_changed', level: 'look' });
  return remarks;
}

function deliveryRemarks(deliveries: Change['deliveries']): readonly Remark[] {
  const silent = deliveries.filter(({ fires }) => !fires);
  if (silent.length === 0 || silent.length < deliveries.length) return [];
  return [{ code: 'delivery_silent', level: 'danger', addresses: silent.map(({ address }) => address) }];
}
