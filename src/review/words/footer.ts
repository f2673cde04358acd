// One line: how long it takes, whether it can be undone, what the policy says, where the keys stay.

import { durationInWords } from '../../duration.ts';
import { AUTOMATE_WINDOW } from '../../http/limits.ts';
import { isEvent } from '../change.ts';
import { count, type Phrase, strong } from '../phrase.ts';
import type { Review } from '../review.ts';

export function timeInWords({ cost, plan }: Review): Phrase {
  const requests = cost.writes + cost.lists;
  const parts = [
    ...(cost.writes > 0 || cost.automate === 0 ? [many(requests, 'request')] : []),
    ...(cost.automate > 0
      ? [
          `${many(cost.automate, 'Automate request')} (limit ${AUTOMATE_WINDOW.requests.toLocaleString('en')} in ${AUTOMATE_WINDOW.minutes} min)`,
        ]
      : []),
    ...(cost.writes === 0 && cost.automate > 0 ? [count(cost.lists, 'list')] : []),
  ];
  const wait = cost.seconds === 0 ? 'no waiting' : `about ${durationInWords(cost.seconds)}`;
  if (requests === 0 && cost.automate === 0) return ['no requests'];
  return [`${cost.exact || !plan.complete ? '' : 'at most '}${parts.join(' and ')}, ${wait}`];
}

export function undoInWords({ changes }: Review): Phrase {
  const events = changes.filter(isEvent);
  if (events.some(({ undo, kind }) => undo === 'no' && (kind === 'replace' || kind === 'delete')))
    return strong(['cannot be undone']);
  if (events.some(({ undo }) => undo === 'no')) return ['a rotation cannot be undone'];
  if (events.some(({ undo }) => undo === 'partly')) return ['can be undone in part'];
  return ['can be undone'];
}

export function secretsInWords({ exposed, hazards }: Review): Phrase {
  const inCode = hazards.filter(
    ({ code }) => code === 'key_literal' || code === 'key_default' || code === 'key_as_name',
  ).length;
  const said = [
    ...(exposed.length > 0 ? [`${count(exposed.length, 'key')} in state`] : []),
    ...(inCode > 0 ? [`${count(inCode, 'key')} in the code`] : []),
  ];
  return said.length === 0 ? ['no key in state'] : strong([said.join(', ')]);
}

/** "1,200 requests". */
function many(number: number, one: string): string {
  return count(number, one).replace(/^\d+/u, number.toLocaleString('en'));
}
