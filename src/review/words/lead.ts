// The paragraph under the heading: cause, and what follows from it. One sentence for each row that a person must look at.

import type { Change } from '../change.ts';
import { count, listed, type Phrase, say, sentence, strong } from '../phrase.ts';
import type { Review } from '../review.ts';
import { type Row, rowsOf } from '../row.ts';
import { whyItRotates } from './causes.ts';
import { hazardInWords } from './hazards.ts';
import { isAccount, isPair, isTeam, many, subject, theOne } from './nouns.ts';
import { remarkInWords } from './remarks.ts';

/** How many sentences are read; the rest stands in the table. */
const MOST = 3;

export function lead(review: Review): readonly Phrase[] {
  if (review.verdict === 'refused') return refused(review);
  const rows = rowsOf(review.changes);
  const sentences = [
    ...review.hazards.flatMap((hazard) =>
      hazardInWords(hazard).map((words) => [...strong(sentence(words)), '.']),
    ),
    ...cascades(review.changes),
    ...rows
      .filter(({ changes: [first] }) => first !== undefined && !isToldByCascade(first, review.changes))
      .flatMap((row) => sentencesOf(row)),
  ];
  if (sentences.length > 0) return sentences.slice(0, MOST);
  return added(rows);
}

function refused({ refusals, plan }: Review): readonly Phrase[] {
  const nothing = strong(['Nothing can be applied']);
  if (refusals.length === 0)
    return [
      [
        ...nothing,
        `: ${plan.engine === 'reconciler' ? 'the plan' : 'the engine'} refused it. Why it did stands beside the plan, in what was printed while it was made; give that as `,
        { command: '--diagnostics' },
        ' to see it here.',
      ],
    ];
  const places = refusals.flatMap(({ name, address }) =>
    (name ?? address) === undefined ? [] : [say`${name ?? address ?? ''}`],
  );
  return [
    [
      ...nothing,
      ...(places.length === 0 ? [] : [': the plan stopped at ', ...listed(places.slice(0, MOST))]),
      '.',
    ],
  ];
}

/** A team that is replaced, and the accounts that follow it: one cause. */
function cascades(changes: readonly Change[]): readonly Phrase[] {
  return changes
    .filter((change) => isTeam(change) && change.kind === 'replace')
    .flatMap((team) => {
      const followers = changes.filter(
        (change) => isAccount(change) && change.cause.follows === team.id && change.breaks,
      );
      if (followers.length === 0) return [];
      const into = team.newName === undefined ? [] : say` into ${team.newName}`;
      return [
        [
          ...strong(['Renaming team ', { name: team.name }, ...into, ' makes another team']),
          `, and with it other accounts: user name and key of ${many(followers)} die at apply.`,
        ] as Phrase,
      ];
    });
}

function isToldByCascade(change: Change, all: readonly Change[]): boolean {
  if (change.cause.code === 'cascade') return true;
  return isTeam(change) && all.some(({ cause }) => cause.code === 'cascade' && cause.follows === change.id);
}

function sentencesOf(row: Row): readonly Phrase[] {
  const [first] = row.changes;
  if (first === undefined || first.level === 'ok' || first.level === 'quiet') return [];
  const what = subject(row);
  switch (first.kind) {
    case 'replace':
      return [replaced(first, row)];
    case 'delete':
      return [deleted(first, row)];
    case 'rotate':
      return [rotated(first, row)];
    case 'may_rotate':
    case 'may_switch':
      return [
        [
          ...strong([...sentence(what), ' may rotate']),
          ': ',
          ...whyItRotates(first),
          '. If it differs from the stored value, the old key dies at once.',
        ],
      ];
    case 'switch':
      return [switched(first, row)];
    case 'held_back':
      return [
        [
          ...strong([...sentence(what), isOne(row) ? ' does' : ' do', ' not rotate']),
          ', although ',
          ...whyItRotates(first),
          isPair(first)
            ? ': consumers may still use the retired credential. The change stays pending.'
            : ': the key is younger than minimum_age_days. The change stays pending and rotates in a later plan.',
        ],
      ];
    case 'restart':
      return [
        [
          ...strong([...sentence(what), ' is not rotated']),
          ': replacing it only begins its bookkeeping anew, and its age looks new from then on.',
        ],
      ];
    default:
      return [remarked(first, row)];
  }
}

function isOne({ changes }: Row): boolean {
  return changes.length === 1;
}

function replaced(first: Change, row: Row): Phrase {
  const lives = first.remarks.some(({ code }) => code === 'former_lives_on');
  if (isTeam(first))
    return [
      ...strong(
        first.cause.code === 'request'
          ? ['Replacing a team was asked for, and nothing in the code says so']
          : ['Another name is another team'],
      ),
      ': ',
      ...(first.newName === undefined ? theOne(first) : say`${first.name} becomes ${first.newName}`),
      lives ? ', and the former one lives on.' : ', and what belongs to the former one is lost.',
    ];
  if (!isAccount(first)) return remarked(first, row);
  const by =
    first.cause.code === 'request'
      ? say`Replacing account ${first.name} was asked for, and nothing in the code says so`
      : [...because(first)];
  const dies = lives
    ? 'The former account lives on, unmanaged.'
    : 'User name and key die at apply and cannot be brought back.';
  const change = !isOne(row)
    ? [`${many(row.changes)} get another user name and another key. `]
    : first.newName === undefined
      ? ['it gets another user name and another key. ']
      : say`${first.name} becomes ${first.newName}, with another user name and another key. `;
  return [...strong(by), ': ', ...change, dies];
}

function because({ name, cause: { attributes } }: Change): Phrase {
  if (attributes.includes('identifier')) return ['Another identifier is another account'];
  if (attributes.includes('team')) return say`Another team is another account: ${name}`;
  return ['Another account is made'];
}

function deleted(first: Change, row: Row): Phrase {
  const what = subject(row);
  const gone = [...strong([...sentence(what), isOne(row) ? ' is' : ' are', ' deleted for ever'])];
  const anew = first.remarks.find(({ code }) => code === 'made_anew');
  if (anew !== undefined && isOne(row) && isAccount(first))
    return [
      ...gone,
      ', and one of the same name is made: with another user name and another key. The old ones die at apply.',
    ];
  if (isAccount(first)) return [...gone, '. User name and key die at apply; a new account gets others.'];
  if (!isTeam(first)) return [...gone, '.'];
  const { people, parallels } = first.blast;
  return [
    ...gone,
    `. ${count(people, 'person', 'people')} lose${people === 1 ? 's' : ''} the team`,
    parallels === 0
      ? '.'
      : `, and its own ${count(parallels, 'parallel')} go with it; no API gives them back.`,
  ];
}

function rotated(first: Change, row: Row): Phrase {
  if (first.remarks.some(({ code }) => code === 'rotated_into_nothing'))
    return [
      ...strong([...sentence(subject(row)), ' is rotated as it leaves']),
      ' (rotate_on_destroy): the key that works today dies, and nobody is given the new one.',
    ];
  const why = sentence(whyItRotates(first));
  const [what, dies] = isOne(row)
    ? [theOne(first), ' rotates in place. The old key dies in the same second; the user name stays.']
    : [[many(row.changes)], ' rotate in place. Each old key dies in the same second; user names stay.'];
  const again = first.remarks.some(({ code }) => code === 'rotated_again')
    ? ' The key that somebody made elsewhere dies with it: whoever has it is cut off too.'
    : '';
  return [...strong(why), ', so ', ...what, `${dies}${again}`];
}

function switched(first: Change, row: Row): Phrase {
  const to = isOne(row) && first.newUsername !== undefined ? say` to ${first.newUsername}` : [];
  return [
    ...strong([...sentence(subject(row)), ` change${isOne(row) ? 's' : ''} over`, ...to]),
    ' (',
    ...whyItRotates(first),
    '). The former credential stays valid until the next rotation: nobody is cut off, and until then everybody takes user name and key anew.',
  ];
}

function remarked(first: Change, row: Row): Phrase {
  const worth = first.remarks.filter(({ level }) => level === first.level);
  const said = worth.map((remark) => remarkInWords(remark));
  const what = sentence(subject(row));
  const [main, ...others] = said;
  if (main === undefined)
    return first.kind === 'forget' || first.kind === 'abandon' ? livesOn(what, row) : [...strong(what), '.'];
  return [...strong(what), ': ', ...main, ...others.flatMap((other) => ['; ', ...other]), '.'];
}

function livesOn(what: Phrase, row: Row): Phrase {
  return [
    ...strong([...what, isOne(row) ? ' is no longer managed' : ' are no longer managed']),
    `, and ${isOne(row) ? 'stays as it is' : 'stay as they are'}.`,
  ];
}

/** What a harmless plan does, in one sentence. */
function added(rows: readonly Row[]): readonly Phrase[] {
  const of = (kind: Change['kind'], type: string) =>
    rows.flatMap(({ changes }) => changes).filter((change) => change.kind === kind && change.type === type);
  const parts = [
    ['browserstack_team', 'create', 'added'],
    ['browserstack_service_account', 'create', 'added'],
    ['browserstack_user', 'create', 'invited'],
    ['browserstack_access_key', 'adopt', 'adopted as they are'],
    ['browserstack_credential_pair', 'adopt', 'set up'],
    ['browserstack_team', 'adopt', 'taken over'],
    ['browserstack_service_account', 'adopt', 'taken over'],
  ] as const;
  const said = parts.flatMap(([type, kind, done]) => {
    const these = of(kind, type);
    if (these.length === 0) return [];
    const word = these.length === 1 ? done.replace('they are', 'it is') : done;
    return [`${many(these)} ${these.length === 1 ? 'is' : 'are'} ${word}`];
  });
  if (said.length === 0) return [];
  const list = said.length === 1 ? said[0] : `${said.slice(0, -1).join(', ')}, and ${said.at(-1)}`;
  return [[...strong([String(list)]), ". Nobody's user name or key changes."]];
}
