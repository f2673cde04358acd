import { numberFor, textsFor } from '../../policy/policy.ts';
import type { Change } from '../change.ts';
import { count, named } from '../phrase.ts';
import { isAccount, isKey } from '../words/nouns.ts';
import { at, type Check, type Context, changeAt, type Hit, hasRemark, touched } from './check.ts';
import { matchesGlob } from './glob.ts';

export const deliveryBeforeReplacement: Check = ({ review }) =>
  review.changes
    .filter(
      (change) =>
        isAccount(change) && change.kind === 'replace' && change.breaks && change.consumers.length > 0,
    )
    .filter(isUndelivered)
    .map((change) => ({ ...at(change), message: ['nothing in this plan takes user name and key along'] }));

export const deliveryBeforeRotation: Check = ({ review }) =>
  review.changes
    .filter(
      (change) => isKey(change) && change.kind === 'rotate' && !hasRemark(change, 'rotated_into_nothing'),
    )
    .filter(isUndelivered)
    .map((change): Hit => {
      const silent = change.deliveries.length > 0;
      return {
        ...at(change),
        message: [
          silent
            ? 'what is wired to the key does not change in this plan'
            : 'nothing in this plan takes the new key along',
        ],
        ...(silent ? { level: 'error' } : {}),
      };
    });

function isUndelivered({ deliveries }: Change): boolean {
  return !deliveries.some(({ fires }) => fires);
}

const credentials = (context: Context) => [
  ...touched(context, 'browserstack_access_key'),
  ...touched(context, 'browserstack_credential_pair'),
];

/** What people call the credential at an address. */
function nameAt(context: Context, address: string): Pick<Hit, 'address' | 'identifier'> {
  const change = changeAt(context, address);
  return change === undefined ? { address } : at(change);
}

export const maxKeyAge: Check = (context) => {
  const days = numberFor(context.policy, 'max-key-age', 'days');
  return credentials(context).flatMap(({ after, address }) => {
    const age = after?.rotate_after_days;
    if (age == null || age <= days) return [];
    return [
      {
        ...nameAt(context, address),
        message: [`it may get ${count(age, 'day')} old, the policy allows ${days}`],
      },
    ];
  });
};

export const rotationDeclared: Check = (context) =>
  credentials(context)
    .filter(({ after, unknown }) => after?.rotate_after_days == null && !unknown.has('rotate_after_days'))
    .map(({ address }) => ({ ...nameAt(context, address), message: ['no age makes it due'] }));

export const overdueAndWaiting: Check = ({ review, policy }) => {
  const days = numberFor(policy, 'overdue-and-waiting', 'days');
  return review.changes.flatMap((change) => {
    const overdue = change.cause.overdueDays ?? 0;
    const waits = change.kind === 'waiting' || change.kind === 'held_back';
    return waits && overdue > days
      ? [{ ...at(change), message: [`due for ${count(overdue, 'day')}, and it still waits`] }]
      : [];
  });
};

/** The key of an account that is made in the same plan is new indeed. */
export const adoptedAgeDeclared: Check = ({ review }) =>
  review.changes
    .filter(({ kind, cause, remarks }) => {
      const asNew = remarks.some((remark) => remark.code === 'age_adopted' && remark.age === 'new');
      return kind === 'adopt' && asNew && cause.follows === undefined;
    })
    .map((change) => ({ ...at(change), message: ['its age is unknown, and counted from today'] }));

export const ageNotReset: Check = ({ review }) =>
  review.changes
    .filter((change) => change.kind === 'restart' || hasRemark(change, 'age_restated'))
    .map((change) => ({
      ...at(change),
      message: [
        change.kind === 'restart'
          ? 'its bookkeeping begins anew, and the key stays'
          : 'its age is counted from another date',
      ],
    }));

const ROTATES: ReadonlySet<Change['kind']> = new Set(['rotate', 'may_rotate', 'switch', 'may_switch']);

export const maxRotations: Check = ({ review, policy }) => {
  const rotating = review.changes.filter(({ kind }) => ROTATES.has(kind));
  const max = numberFor(policy, 'max-rotations', 'max');
  if (rotating.length <= max) return [];
  return [{ message: [`${count(rotating.length, 'key')} rotate, ${max} may`] }];
};

export const triggerKnown: Check = ({ review }) =>
  review.changes
    .filter(({ kind }) => kind === 'may_rotate' || kind === 'may_switch')
    .map((change) => ({ ...at(change), message: ['whether it rotates is known only during the apply'] }));

export const heldBackRotation: Check = ({ review }) =>
  review.changes
    .filter(({ kind }) => kind === 'held_back' || kind === 'restart')
    .map((change) => ({ ...at(change), message: ['a rotation is asked for, and none is planned'] }));

export const rotateOnDestroyDelivers: Check = ({ review }) =>
  review.changes
    .filter((change) => hasRemark(change, 'rotated_into_nothing'))
    .map((change) => ({ ...at(change), message: ['it is rotated as it leaves'] }));

export const externalRotationReviewed: Check = ({ review }) =>
  review.changes.flatMap((change): readonly Hit[] => {
    if (hasRemark(change, 'rotated_again'))
      return [{ ...at(change), message: ['rotated elsewhere, and once more by this plan'], level: 'error' }];
    return hasRemark(change, 'rotated_elsewhere', 'undecided')
      ? [{ ...at(change), message: ['somebody rotated it elsewhere'] }]
      : [];
  });

export const pairForCritical: Check = (context) => {
  const globs = textsFor(context.policy, 'pair-for-critical', 'consumers');
  return context.review.changes
    .filter((change) => isKey(change) && change.kind !== 'forget' && change.cause.code !== 'cascade')
    .flatMap((change) => {
      const critical = change.consumers.filter((consumer) =>
        globs.some((glob) => matchesGlob(glob, consumer)),
      );
      return critical.length === 0
        ? []
        : [{ ...at(change), message: [...named(critical), ' must never stop'] }];
    });
};

export const bothSlotsAtOnce: Check = ({ review }) =>
  review.changes
    .filter((change) => hasRemark(change, 'no_overlap'))
    .map((change) => ({ ...at(change), message: ['both of its accounts go at once'] }));
