// Each remark in words: half a sentence that goes on after the name of its object.

import type { Remark } from '../change.ts';
import { listed, named, type Phrase, say } from '../phrase.ts';

export function remarkInWords(remark: Remark): Phrase {
  switch (remark.code) {
    case 'protection_off':
      return ['its deletion protection is switched off: the next change can delete or replace it'];
    case 'protection_on':
      return ['its deletion protection is switched on'];
    case 'abandon_set':
      return ['from now on, destroying it only stops managing it'];
    case 'abandon_unset':
      return ['from now on, destroying it deletes it'];
    case 'export_on':
      return remark.outputs.length === 0
        ? ['the key goes into the state, in clear']
        : ['the key goes into the state, in clear, and into output ', ...named(remark.outputs)];
    case 'export_off':
      return ['the key leaves the state; older versions of the state keep it until it is rotated'];
    case 'export_stays':
      return ['the key stands in the state, in clear, and stays there'];
    case 'key_given':
      return ['the key is written in the configuration, and stands in the state'];
    case 'schedule_loosened':
      return [`it is rotated less often: ${often(remark)}; nothing rotates now`];
    case 'schedule_tightened':
      return [`it is rotated more often: ${often(remark)}; nothing rotates now`];
    case 'due_moved':
      return [`next due on ${remark.to} (was ${remark.from})`];
    case 'triggers_added':
      return [`trigger${s(remark.names)} `, ...names(remark.names), ' added, which rotates nothing'];
    case 'triggers_removed':
      return [`trigger${s(remark.names)} `, ...names(remark.names), ' removed, which rotates nothing'];
    case 'age_restated':
      return [
        `its age is counted from another date: ${ageWords(remark.from)} becomes ${ageWords(remark.to)}`,
      ];
    case 'age_adopted':
      return remark.age === 'due'
        ? ['its age is unknown, and it is to be rotated at the next opportunity']
        : remark.age === 'new'
          ? ['its age is unknown and counted from today']
          : [`its age is counted from ${remark.age}`];
    case 'escrow_changed':
      return ['its keys are sealed to somebody else, or kept elsewhere, from now on'];
    case 'external_policy':
      return [
        'what happens when somebody else rotates it changes: ',
        { name: remark.from },
        ' becomes ',
        { name: remark.to },
      ];
    case 'rotates_when_destroyed':
      return ['when it is destroyed, its key is rotated once more'];
    case 'rotated_into_nothing':
      return ['it is rotated as it leaves, and nobody is given the new key'];
    case 'renamed_in_place':
      return say`renamed from ${remark.from} to ${remark.to} by a call that no page describes; user name and key stay`;
    case 'moved_in_place':
      return say`moved from ${remark.from} to ${remark.to} by a call that no page describes; user name and key stay`;
    case 'admin':
      return remark.team === undefined
        ? [
            remark.role === 'owner'
              ? 'as the owner of the organization'
              : 'as an ADMIN of the whole organization',
          ]
        : say`as an admin of team ${remark.team}`;
    case 'role_changed':
      return say`role ${remark.from} becomes ${remark.to}`;
    case 'products_granted':
      return ['is given ', ...named(remark.products)];
    case 'products_kept':
      return [...named(remark.products), ' is no longer demanded here and stays granted'];
    case 'person_stays':
      return ['is no longer managed, and stays in the organization with all access'];
    case 'rotated_elsewhere':
      return ['it is taken over as it is; nothing rotates now'];
    case 'undecided':
      return ['it stays marked until somebody decides; nothing rotates now'];
    case 'rotated_again':
      return ['the key that somebody made elsewhere dies too'];
    case 'satisfied':
      return ['the rotation that was asked for is satisfied by that one'];
    case 'made_again':
      return ['was deleted elsewhere, and is made again with another user name and key'];
    case 'made_anew':
      return say`a new one of the same name is made at ${remark.at}`;
    case 'former_lives_on':
      return ['the former one lives on, unmanaged: nobody is cut off'];
    case 'other_account':
      return say`stands for ${remark.to} instead of ${remark.from} from now on; both keys stay as they are`;
    case 'delivery_silent':
      return [
        'what is wired to it does not change in this plan: ',
        ...named(remark.addresses),
        ' keeps the dead key',
      ];
    case 'no_overlap':
      return ['both of its accounts go at once: there is no credential that lives on'];
    case 'still_due':
      return ['it is due and waits for its window'];
    case 'left_behind':
      return ['left behind by a replacement that was interrupted'];
    case 'unknown_type':
      return ['a kind of object that this version does not know'];
    case 'unknown_action':
      return remark.actions.length === 0
        ? ['the plan does not say what happens to it']
        : ['an action that this version does not know: ', ...named(remark.actions)];
    case 'by_action':
      return [
        'an action rotates it',
        ...(remark.triggeredBy === undefined ? [] : say` as soon as ${remark.triggeredBy} is changed`),
        ...(remark.reason === undefined ? [] : say`: ${remark.reason}`),
      ];
  }
}

function names(list: readonly string[]): Phrase {
  return listed(list.map((name) => say`${name}`));
}

function s(list: readonly unknown[]): string {
  return list.length === 1 ? '' : 's';
}

function often({ from, to }: { readonly from: string; readonly to: string }): string {
  const words = (age: string) => (age === 'never' ? 'never for its age' : `every ${age}`);
  return `${words(from)} before, ${words(to)} after`;
}

function ageWords(age: string): string {
  return age === 'new' ? 'the day it was adopted' : age === 'due' ? 'long ago' : age;
}
