import type { Finding, FindingLevel } from '../../finding.ts';
import { grouped } from '../../grouping.ts';
import { named, type Phrase, say, sentence } from '../../phrase.ts';
import { markdown } from './inline.ts';
import type { Table } from './table.ts';

const SIGNS: Readonly<Record<FindingLevel, string>> = { error: '⛔', warning: '⚠️', note: 'ℹ️' };
const ORDER: readonly FindingLevel[] = ['error', 'warning', 'note'];

/** One row for each rule and level, with everything it is about. */
export function findingTable(findings: readonly Finding[]): Table {
  const groups = [
    ...grouped(findings, ({ rule, level, waived }) => JSON.stringify([rule, level, waived])).values(),
  ];
  const sorted = groups.sort((a, b) => weight(a[0]) - weight(b[0]));
  return { head: ['', 'rule', 'where', 'what, and how to mend it'], centered: [0], rows: sorted.map(rowOf) };
}

function rowOf(group: readonly Finding[]): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { rule, level, waived, message, fix } = first;
  const subjects = [...new Set(group.flatMap(({ identifier, address }) => identifier ?? address ?? []))];
  const where = subjects.length === 0 ? ['this plan'] : named(subjects);
  const same = new Set(group.map((finding) => JSON.stringify(finding.message))).size === 1;
  const told = same ? [...sentence(message), '. '] : [];
  if (waived !== undefined)
    return [['🩹'], say`${rule}`, where, waiver(waived)].map((phrase, column) => {
      const text = markdown(phrase, 'cell');
      // Waived is not gone: it stays to be seen, struck through.
      return column === 1 || column === 2 ? `~~${text}~~` : text;
    });
  return [[SIGNS[level]], say`${rule}`, where, [...told, ...sentence(fix)]].map((phrase) =>
    markdown(phrase, 'cell'),
  );
}

function waiver({ owner, reason, ticket, until }: NonNullable<Finding['waived']>): Phrase {
  return say`waived by ${owner} until ${until}: ${reason} (${ticket})`;
}

function weight(finding: Finding | undefined): number {
  if (finding === undefined) return 9;
  return ORDER.indexOf(finding.level) + (finding.waived === undefined ? 0 : 5);
}
