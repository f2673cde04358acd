// The one consequence, for the heading: what a reader must not miss.

import type { Change, Kind, Remark } from '../change.ts';
import { isEvent } from '../change.ts';
import { count, joined, type Phrase, say } from '../phrase.ts';
import { wouldRotate } from '../refusals.ts';
import type { Review } from '../review.ts';
import { sectionOf } from '../row.ts';
import { hazardInWords } from './hazards.ts';
import { consumersOf, isAccount, many, theOne } from './nouns.ts';

/** How many consequences a heading holds. */
const MOST = 2;

/** Without the name of the stack: "cuts off 2 consumers, cannot be undone". */
export function headline(review: Review): Phrase {
  if (review.verdict === 'refused') return refusal(review);
  const events = review.changes.filter(isEvent);
  const said = [
    ...review.hazards.flatMap((hazard) => hazardInWords(hazard)),
    ...(review.plan.mode === 'destroy' ? [destroyed(events)] : cutOff(events)),
    ...remarked(events),
    ...rotating(events),
    ...ofKinds(events),
    ...(review.plan.complete ? [] : [['only a part of the change is in this plan']]),
  ].filter(({ length }) => length > 0);
  if (said.length > 0) return joined(said.slice(0, MOST), '; ');
  if (review.verdict === 'ok') return ['nothing breaks'];
  if (review.verdict === 'quiet') return quiet(review);
  return [`${count(events.length, 'change')} to look at`];
}

function refusal({ refusals, changes }: Review): Phrase {
  const [first] = refusals;
  if (first === undefined) return ['refused: the engine stopped, and the plan does not say why'];
  const cap = /more than (\d+) access/u.exec(first.summary)?.[1];
  if (first.code !== 'too_many_rotations' || cap === undefined) return ['refused: ', { name: first.summary }];
  const many = count(wouldRotate(refusals, changes), 'key');
  return [`refused: ${many} would rotate, ${cap} ${cap === '1' ? 'is' : 'are'} allowed`];
}

function quiet({ changes, counts }: Review): Phrase {
  const waiting = changes.filter(({ kind }) => kind === 'waiting');
  if (waiting.length > 0)
    return [`nothing changes; ${many(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'} for a window`];
  return counts.other_providers > 0 ? ['nothing of BrowserStack changes'] : ['nothing changes'];
}

function destroyed(events: readonly Change[]): Phrase {
  const kinds = ['browserstack_team', 'browserstack_service_account', 'browserstack_user'];
  const parts = kinds.flatMap((type) => {
    const these = events.filter((event) => event.type === type && event.kind === 'delete');
    return these.length === 0 ? [] : [many(these)];
  });
  const consumers = consumersOf(events).length;
  if (parts.length === 0) return [];
  const lost =
    consumers === 0 ? '' : `; ${count(consumers, 'consumer')} lose${consumers === 1 ? 's' : ''} access`;
  return [`destroys everything in this plan for ever: ${parts.join(', ')}${lost}`];
}

function cutOff(events: readonly Change[]): readonly Phrase[] {
  const ending = events.filter(
    (event) => event.level === 'danger' && sectionOf(event) === 'ends' && event.kind !== 'rotate',
  );
  if (ending.length === 0) return [];
  const accounts = ending.filter((event) => isAccount(event) && event.breaks);
  const consumers = consumersOf(accounts).length;
  if (consumers > 0) return [[`cuts off ${count(consumers, 'consumer')}, cannot be undone`]];
  const [only] = ending;
  if (only !== undefined && ending.length === 1)
    return [[`${only.kind === 'delete' ? 'deletes' : 'replaces'} `, ...theOne(only), ', cannot be undone']];
  return [[`ends ${accounts.length > 0 ? many(accounts) : many(ending)}, cannot be undone`]];
}

/** Remarks that are worth a heading, most dangerous first. */
const WORTH: readonly (readonly [Remark['code'], (change: Change, remark: Remark) => Phrase])[] = [
  ['rotated_into_nothing', (change) => ['kills ', ...theOne(change), ', and nobody gets the new one']],
  ['no_overlap', (change) => [...theOne(change), ' loses both of its accounts at once']],
  ['export_on', (change) => ['puts ', ...keyOf(change), ' into the state']],
  ['key_given', (change) => [...keyOf(change), ' stands in the code and in the state']],
  ['rotated_again', (change) => ['rotates ', ...theOne(change), ' once more after somebody did']],
  ['delivery_silent', (change) => [...keyOf(change), ' changes, and its delivery does not notice']],
  ['undecided', (change) => [...theOne(change), ' was rotated elsewhere, and nobody has decided about it']],
  ['rotated_elsewhere', (change) => [...theOne(change), ' was rotated elsewhere']],
  [
    'admin',
    (change, remark) => [
      'invites ',
      { name: change.name },
      ...(remark.code === 'admin' && remark.team === undefined
        ? [' as an admin of the whole organization']
        : [' as an admin of a team']),
    ],
  ],
  ['made_again', (change) => [...theOne(change), ' is made again, with another user name and key']],
  ['protection_off', (change) => [...theOne(change), ' loses its protection']],
  ['abandon_set', (change) => [...theOne(change), ' will be abandoned when it is destroyed']],
  ['schedule_loosened', (change) => [...theOne(change), ' is rotated less often']],
  ['age_restated', (change) => ['the age of ', ...theOne(change), ' is counted anew']],
  ['export_off', (change) => [...theOne(change), ' leaves the state; old copies stay']],
  ['export_stays', (change) => [...theOne(change), ' stays in the state']],
  ['other_account', (change) => [...theOne(change), ' is exchanged for the one of another account']],
  ['renamed_in_place', (change) => [...theOne(change), ' is renamed in place']],
  ['moved_in_place', (change) => [...theOne(change), ' is moved in place']],
  ['escrow_changed', (change) => [...theOne(change), ' is sealed to somebody else']],
  ['rotates_when_destroyed', (change) => [...theOne(change), ' will be rotated when it is destroyed']],
  ['role_changed', (change) => ['the role of ', { name: change.name }, ' changes']],
  ['products_kept', (change) => [{ name: change.name }, ' keeps a product']],
  ['person_stays', (change) => [{ name: change.name }, ' is no longer managed and stays']],
  ['former_lives_on', (change) => [...theOne(change), ' is made anew, and the former one lives on']],
  ['unknown_action', () => ['something that this version does not know']],
  ['unknown_type', () => ['an object that this version does not know']],
];

function remarked(events: readonly Change[]): readonly Phrase[] {
  return WORTH.flatMap(([code, words]) => {
    const having = events.flatMap((change) => {
      const remark = change.remarks.find((one) => one.code === code && one.level !== 'ok');
      return remark === undefined ? [] : [{ change, remark }];
    });
    const [first] = having;
    if (first === undefined) return [];
    const more = having.length - 1;
    return [
      more === 0
        ? words(first.change, first.remark)
        : [...words(first.change, first.remark), ` (and ${more} more)`],
    ];
  });
}

/** An account is remarked about what happens to its key. */
function keyOf(change: Change): Phrase {
  return isAccount(change) ? say`the key of ${change.name}` : theOne(change);
}

function rotating(events: readonly Change[]): readonly Phrase[] {
  const certain = events.filter((event) => event.kind === 'rotate' && event.level === 'look');
  const [only] = certain;
  const waiting = consumersOf(certain.filter(({ breaks }) => breaks)).length;
  const delivered = certain.length > 0 && certain.every(({ breaks }) => !breaks);
  const certainly = certain.every(({ deliveries }) => deliveries.some((one) => one.fires && one.certain));
  const after = delivered
    ? `, ${certainly ? '' : 'perhaps '}delivered in the same apply`
    : waiting === 0
      ? ''
      : `, ${count(waiting, 'consumer')} must fetch ${certain.length === 1 ? 'it' : 'theirs'}`;
  if (only === undefined) return [];
  if (certain.length === 1) return [[...theOne(only), ` rotates${after}`]];
  return [[`${many(certain)} rotate${after}`]];
}

const OF_KINDS: readonly (readonly [Kind, readonly [one: string, several: string]])[] = [
  [
    'held_back',
    [
      ' does not rotate yet, although this change asks for it',
      ' do not rotate yet, although this change asks for it',
    ],
  ],
  ['may_rotate', [' may rotate: known only during the apply', ' may rotate: known only during the apply']],
  [
    'switch',
    [
      ' changes over to the other account: nobody is cut off',
      ' change over to their other accounts: nobody is cut off',
    ],
  ],
  [
    'may_switch',
    [' may change over: known only during the apply', ' may change over: known only during the apply'],
  ],
  [
    'restart',
    [' is not rotated: its bookkeeping begins anew', ' are not rotated: their bookkeeping begins anew'],
  ],
  ['abandon', [' is no longer managed and lives on', ' are no longer managed and live on']],
  ['forget', [' is no longer managed and stays as it is', ' are no longer managed and stay as they are']],
];

function ofKinds(events: readonly Change[]): readonly Phrase[] {
  return OF_KINDS.flatMap(([kind, [one, several]]) => {
    const these = events.filter(
      (event) => event.kind === kind && !event.remarks.some(({ code }) => code === 'person_stays'),
    );
    const [only] = these;
    if (only === undefined) return [];
    return [these.length === 1 ? [...theOne(only), one] : [`${many(these)}${several}`]];
  });
}
