import type { Finding, FindingLevel } from '../../finding.ts';
import { grouped } from '../../grouping.ts';
import { named, type Phrase, say } from '../../phrase.ts';
import { markdown } from './inline.ts';
import type { Table } from './table.ts';

const SIGNS: Readonly<Record<FindingLevel, string>> = { error: '⛔', warning: '⚠️', note: 'ℹ️' };
const ORDER: readonly FindingLevel[] = ['error', 'warning', 'note'];

/** One row for each rule and level, with everything it is about. */
export function findingTable(findings: readonly Finding[]): Table {
  const groups = [
    ...grouped(findings, ({ rule, level, waived, message }) =>
      JSON.stringify([rule, level, waived, message.length]),
    ).values(),
  ];
  const sorted = groups.sort((a, b) => weight(a[0]) - weight(b[0]));
  return { head: ['', 'rule', 'where', 'how to mend'], centered: [0], rows: sorted.map(rowOf) };
}

function rowOf(group: readonly Finding[]): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { rule, level, waived, message, fix } = first;
  const subjects = [...new Set(group.flatMap(({ identifier, address }) => identifier ?? address ?? []))];
  const where = subjects.length === 0 ? ['this plan'] : named(subjects);
  const told = group.length === 1 ? [...message, '; '] : [];
  if (waived !== undefined)
    return [['🩹'], say`${rule}`, where, waiver(waived)].map((phrase, column) => {
      const text = markdown(phrase, 'cell');
      // Waived is not gone: it stays to be seen, struck through.
      return column === 1 || column === 2 ? `~~${text}~~` : text;
    });
  return [[SIGNS[level]], say`${rule}`, where, [...told, ...fix]].map((phrase) => markdown(phrase, 'cell'));
}

function waiver({ owner, reason, ticket, until }: NonNullable<Finding['waived']>): Phrase {
  return say`waived by ${owner} until ${until}: ${reason} (${ticket})`;
}

function weight(finding: Finding | undefined): number {
  if (finding === undefined) return 9;
  return ORDER.indexOf(finding.level) + (finding.waived === undefined ? 0 : 5);
}
