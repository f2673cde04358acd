// The tables of events: what ends, what rotates, and everything else, each with the columns that its reader needs.

import type { Change, Delivery } from '../../change.ts';
import { count, joined, named, type Phrase, say } from '../../phrase.ts';
import type { Row, Section } from '../../row.ts';
import { whyItRotates } from '../../words/causes.ts';
import { consumersOf, isAccount, isTeam, placeOf, subject } from '../../words/nouns.ts';
import { remarkInWords } from '../../words/remarks.ts';
import { signOf } from '../signs.ts';
import { markdown } from './inline.ts';
import type { Table } from './table.ts';

export function eventTables(rows: readonly Row[]): readonly Table[] {
  return (['ends', 'rotates', 'other'] as const).map((section) => {
    const these = rows.filter((row) => row.section === section);
    return {
      head: headOf(section, these),
      centered: [0],
      rows: these.map((row) => {
        const cells = cellsOf(row, section).slice(0, headOf(section, these).length);
        return cells.map((phrase) => markdown(phrase, 'cell'));
      }),
    };
  });
}

const HEADS: Readonly<Record<Section, readonly string[]>> = {
  ends: ['', 'what', 'dies at apply', 'who stops working until they have both new values', 'delivered by'],
  rotates: ['', 'what', 'why', 'who must fetch the new key', 'delivered by'],
  other: ['', 'what', 'what it means', 'who uses it'],
};

/** Who loses an account for good has nothing to wait for. */
function headOf(section: Section, rows: readonly Row[]): readonly string[] {
  const ended = section === 'ends' && rows.every(({ changes: [first] }) => first?.kind === 'delete');
  return ended ? ['', 'what', 'dies at apply', 'who loses it'] : HEADS[section];
}

function cellsOf(row: Row, section: Section): readonly Phrase[] {
  const [first] = row.changes;
  if (first === undefined) return [];
  const sign: Phrase = [signOf(first)];
  const what = joined([[...subject(row), ...renamed(row)], aside(first, row)], ' ');
  switch (section) {
    case 'ends':
      return [sign, what, dies(first, row), users(row, first), deliveredBy(row, first)];
    case 'rotates':
      return [
        sign,
        what,
        withRemarks(whyItRotates(first), first),
        users(row, first),
        deliveredBy(row, first),
      ];
    case 'other':
      return [sign, what, meaning(first), users(row, first)];
  }
}

function renamed({ changes }: Row): Phrase {
  const [only] = changes;
  if (changes.length > 1 || only?.newName === undefined) return [];
  return say` → ${only.newName}`;
}

/** Where it belongs, where that is not said by the name. */
function aside(first: Change, { changes }: Row): Phrase {
  if (changes.length > 1 || isTeam(first) || first.kind === 'adopt') return [];
  const place = placeOf(first);
  if (place.length === 0) return [];
  return first.team === null ? ['(of the organization)'] : ['(', ...place, ')'];
}

function dies(first: Change, { changes }: Row): Phrase {
  if (first.remarks.some(({ code }) => code === 'former_lives_on'))
    return ['nothing: the former one lives on'];
  if (isTeam(first)) {
    const parallels = changes.reduce((sum, { blast }) => sum + blast.parallels, 0);
    return parallels === 0
      ? ['the team']
      : [`the team, and ${count(parallels, 'parallel')} of its own; no API gives them back`];
  }
  if (!isAccount(first)) return first.breaks ? ['the key that works today'] : ['–'];
  const [only] = changes;
  if (changes.length > 1) return [`${count(changes.length, 'user name')} and their keys`];
  return only?.username === undefined ? ['user name and key'] : say`${only.username} and its key`;
}

function users({ changes }: Row, first: Change): Phrase {
  if (isTeam(first)) {
    const people = changes.reduce((sum, { blast }) => sum + blast.people, 0);
    return first.kind === 'delete' || first.kind === 'replace' ? [count(people, 'person', 'people')] : ['–'];
  }
  if (first.type === 'browserstack_user') return ['–'];
  const consumers = consumersOf(changes);
  if (consumers.length === 0) return first.level === 'ok' ? ['–'] : ['nobody is declared'];
  const silent = changes.filter(({ consumers: own }) => own.length === 0).length;
  const without = silent === 0 ? [] : [`; ${silent} of ${changes.length} declare nobody`];
  if (changes.length === 1) return named(consumers);
  return [`${count(consumers.length, 'consumer')} declared`, ...without];
}

function deliveredBy({ changes }: Row, first: Change): Phrase {
  if (first.kind === 'waiting' || first.kind === 'held_back') return ['–'];
  if (
    isTeam(first) ||
    !(isAccount(first) || first.breaks || first.deliveries.length > 0 || ROTATES.has(first.kind))
  )
    return ['–'];
  if (isAccount(first) && first.kind === 'delete') return ['–'];
  const all = changes.flatMap(({ deliveries }) => deliveries);
  if (all.length === 0) return ['⚠️ nothing in this plan'];
  const silent = all.filter(({ fires }) => !fires);
  if (silent.length === all.length)
    return ['⚠️ ', ...named(silent.map(({ shown }) => shown)), ' does not change in this plan'];
  const firing = all.filter(({ fires }) => fires);
  const perhaps = firing.every(({ certain }) => !certain) ? ['perhaps '] : [];
  return [...perhaps, ...named(firing.map(({ shown }) => shown)), ...how(firing)];
}

const ROTATES = new Set(['rotate', 'may_rotate', 'switch', 'may_switch']);

function how(deliveries: readonly Delivery[]): Phrase {
  if (deliveries.some(({ kind }) => kind === 'command')) return [' (a command that the apply job runs)'];
  if (deliveries.every(({ kind }) => kind === 'verified')) return [' (verified)'];
  return [];
}

function withRemarks(phrase: Phrase, { remarks }: Change): Phrase {
  const said = remarks.filter(
    ({ level, code }) => level !== 'ok' && code !== 'delivery_silent' && code !== 'still_due',
  );
  return joined([phrase, ...said.map((remark) => remarkInWords(remark))], '; ');
}

/** In the column of everything else: its remarks, or what its kind means. */
function meaning(first: Change): Phrase {
  const told = first.remarks.filter(
    ({ code }) => !(code === 'age_adopted' && first.rotateAfterDays === undefined),
  );
  const said = told.map((remark) => remarkInWords(remark));
  const policy =
    first.kind === 'adopt' && first.rotateAfterDays !== undefined
      ? [[`rotated every ${count(first.rotateAfterDays, 'day')}`]]
      : [];
  const all = [...policy, ...said];
  if (all.length > 0) return joined(all, '; ');
  switch (first.kind) {
    case 'move':
      return first.previousAddress === undefined
        ? ['–']
        : say`was at ${first.previousAddress}; nothing else changes`;
    case 'adopt':
      return ['taken over as it is'];
    case 'forget':
      return ['no longer managed; it stays as it is'];
    case 'abandon':
      return ['no longer managed; it lives on, with user name and key'];
    case 'restart':
      return ['the key stays as it is; its count and age begin anew'];
    case 'update':
      return first.differences.length === 0
        ? ['–']
        : ['changes ', ...named(first.differences.map(({ attribute }) => attribute))];
    default:
      return ['–'];
  }
}
