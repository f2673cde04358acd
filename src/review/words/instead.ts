// The cheapest way out: how to get what is wanted without what it breaks. Each was followed to its end by a test.

import type { Change, Remark } from '../change.ts';
import { command, type Phrase, say } from '../phrase.ts';
import type { Refusal } from '../refusals.ts';
import type { Review } from '../review.ts';
import { isAccount, isKey, isTeam } from './nouns.ts';

/** More than this is no way out, but a manual. */
const MOST = 3;

export interface Way {
  readonly label: 'Instead' | 'Before you apply' | 'Way out';
  readonly words: Phrase;
}

export function instead(review: Review): readonly Way[] {
  const engine = review.plan.engine === 'opentofu' ? 'tofu' : 'terraform';
  if (review.verdict === 'refused') return ways('Way out', review.refusals.flatMap(wayOutOf));
  const around = (level: Change['level']) =>
    review.changes
      .filter((change) => change.level === level)
      .flatMap((change) => wayAround(change, review, engine));
  return [...ways('Instead', around('danger')), ...ways('Before you apply', around('look'))].slice(0, MOST);
}

function ways(label: Way['label'], phrases: readonly Phrase[]): readonly Way[] {
  const distinct = [...new Map(phrases.map((phrase) => [JSON.stringify(phrase), phrase])).values()];
  return distinct.slice(0, MOST).map((words) => ({ label, words }));
}

function wayAround(change: Change, review: Review, engine: string): readonly Phrase[] {
  const { kind, cause, level, address } = change;
  const has = (code: Remark['code']) => change.remarks.some((remark) => remark.code === code);
  if (
    level !== 'danger' &&
    kind !== 'rotate' &&
    kind !== 'may_rotate' &&
    kind !== 'restart' &&
    kind !== 'held_back'
  )
    return [];
  const anew = change.remarks.find((remark) => remark.code === 'made_anew');
  if (anew !== undefined) return [sayItMoved(address, anew.at)];
  if (isTeam(change) && kind === 'replace' && cause.code === 'replace_path')
    return [keepTheTeam(change, engine)];
  if (isAccount(change) && kind === 'replace' && cause.code === 'replace_path')
    return [keepTheAccount(change)];
  if (isAccount(change) && kind === 'delete' && review.plan.mode !== 'destroy')
    return [
      [
        'if somebody still uses it, only stop managing it: put the block back, ',
        ...command(`${engine} state rm ${quotedForShell(address)}`),
        ', then take the block out. The account lives on.',
      ],
    ];
  if (has('rotated_into_nothing'))
    return [
      [
        'rotate it while it is still here, by a trigger, so that the new key is delivered; then set rotate_on_destroy = false and apply before it goes.',
      ],
    ];
  if (has('export_on'))
    return [
      [
        'hand the key over without state: the ephemeral resource ',
        { name: 'browserstack_access_key' },
        ' with a write-only argument of the secret store, or ',
        ...command('browserstack-iac rotate --pipe-to'),
        '.',
      ],
    ];
  if (has('rotated_again')) return [['take the key as it is: on_external_rotation = "adopt".']];
  if (has('delivery_silent'))
    return [
      [
        `let the delivery hang on key_version of the key: it changes exactly when the key does, also when the account is replaced.`,
      ],
    ];
  if (kind === 'may_rotate') return [['give the trigger a value that is known in the plan.']];
  if (kind === 'restart')
    return [['to rotate the key, change a value of triggers; to leave it alone, do not replace it.']];
  if (kind === 'held_back' && isKey(change))
    return [['to rotate now, set minimum_age_days = 0 in the same change.']];
  if (isKey(change) && kind === 'rotate' && change.breaks)
    return [
      [
        'deliver the new key in the same apply, or tell those who use it before. What must never stop uses a ',
        { name: 'browserstack_credential_pair' },
        ': its former credential lives on until the next rotation.',
      ],
    ];
  return [];
}

/** What an engine is told in the configuration, so that it deletes nothing. */
function sayItMoved(from: string, to: string): Phrase {
  return [
    'if the block was only renamed or moved, say so in a ',
    { name: 'moved' },
    ' block, from ',
    { name: from },
    ' to ',
    { name: to },
    ': nothing is deleted then.',
  ];
}

function keepTheTeam({ name, newName, address }: Change, engine: string): Phrase {
  const at = quotedForShell(address);
  const renamed =
    newName === undefined
      ? []
      : [
          ' If the team has the new name already, because somebody renamed it for you: ',
          ...command(`${engine} state rm ${at} && ${engine} import ${at} ${quotedForShell(newName)}`),
          ', and nothing is replaced.',
        ];
  return [...say`keep the name ${name}: user names, keys and parallels stay.`, ...renamed];
}

function keepTheAccount({ cause: { attributes } }: Change): Phrase {
  const verb = attributes.includes('identifier') ? 'rename' : 'move';
  return [
    `${verb} the account in the BrowserStack console, then plan again: user name and key stay, and nothing is replaced.`,
  ];
}

/** What a refusal asks for. The provider's own words say it; the codes tell which is which. */
function wayOutOf({ code }: Refusal): readonly Phrase[] {
  switch (code) {
    case 'exists_already':
      return [['import it instead of creating it, or choose another name.']];
    case 'protected':
      return [
        [
          'keep it; or, to end it all the same: (1) set deletion_protection = false and apply, (2) then make this change.',
        ],
      ];
    case 'too_many_rotations':
      return [
        [
          'rotate fewer at once, for example by changing the trigger for a part of the keys, or raise max_rotations_per_apply.',
        ],
      ];
    case 'managed_elsewhere':
      return [
        [
          'if the block was renamed or moved, say so with a ',
          { name: 'moved' },
          ' block: the key stays as it is, with its age.',
        ],
      ];
    case 'stopped_by_rotation_elsewhere':
      return [['find out who rotated it, then set on_external_rotation to "adopt" or "rotate".']];
    default:
      return [];
  }
}

/** For a POSIX shell. */
function quotedForShell(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
