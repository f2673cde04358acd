import type { KeyReport, KeyReportRow } from '../../resources/access-key/index.ts';
import { unseenInWords } from '../managed-keys.ts';
import { type Cell, csv } from './csv.ts';
import { envelope } from './envelope.ts';
import type { Palette } from './palette.ts';
import { quoted } from './palette.ts';
import { table } from './table.ts';

const COLUMNS = [
  'identifier',
  'username',
  'team',
  'fingerprint',
  'status',
  'age_days',
  'rotated_at',
  'due_at',
  'generation',
  'consumers',
] as const;

type Cells = Readonly<Record<(typeof COLUMNS)[number], Cell>>;

/** For people: dates as days, and one line that says what to do. */
export function keysAsText(report: KeyReport, palette: Palette): string {
  const { rows, overdue, unsettled } = report;
  const withDates = rows.some(({ managed }) => managed);
  const head = ['identifier', 'user name', 'team', 'fingerprint', 'status', 'age', 'due', 'consumers'];
  const late = new Set(overdue);
  const lines = rows.map((row) => [
    quoted(row.identifier),
    row.username,
    row.team === undefined ? '–' : quoted(row.team),
    row.fingerprint ?? '(hidden)',
    painted(row, late.has(row), palette),
    row.ageDays === undefined ? '–' : `${row.ageDays} d`,
    row.dueAt?.toISOString().slice(0, 10) ?? '–',
    row.consumers.map(quoted).join(', '),
  ]);
  const columns = withDates ? head.length : 4;
  const shown = [head.map((name) => palette.bold(name)), ...lines].map((line) => line.slice(0, columns));
  const said = withDates ? [verdict(rows.length, overdue.length, unsettled.length)] : [];
  const missing = unseenInWords(report);
  return `${table(shown)}\n${[...said, ...(missing === '' ? [] : [missing])].map((line) => `\n${line}\n`).join('')}`;
}

/** For machines: every field of every row, null where nothing is known. */
export function keysAsJson({ rows, overdue, unsettled, unseen }: KeyReport): object {
  return envelope({
    keys: rows.map(cellsOf),
    overdue: overdue.length,
    unsettled: unsettled.length,
    unseen,
  });
}

/** For a spreadsheet. */
export function keysAsCsv({ rows }: KeyReport): string {
  return csv(COLUMNS, rows.map(cellsOf));
}

function cellsOf(row: KeyReportRow): Cells {
  return {
    identifier: row.identifier,
    username: row.username,
    team: row.team ?? null,
    fingerprint: row.fingerprint ?? null,
    status: row.status,
    age_days: row.ageDays ?? null,
    rotated_at: row.rotatedAt?.toISOString() ?? null,
    due_at: row.dueAt?.toISOString() ?? null,
    generation: row.generation ?? null,
    consumers: row.consumers,
  };
}

function painted({ status }: KeyReportRow, late: boolean, { red, yellow, dim }: Palette): string {
  const text = status.replace('_', ' ');
  if (late || status === 'lost') return red(late && status !== 'lost' ? `${text} (overdue)` : text);
  if (status === 'changed_elsewhere') return yellow(text);
  return status === 'unmanaged' || status === 'idle' ? dim(text) : text;
}

function verdict(keys: number, overdue: number, unsettled: number): string {
  const said = [`${keys} ${keys === 1 ? 'key' : 'keys'}, ${overdue} overdue.`];
  if (overdue > 0) said.push('An apply rotates what is overdue as soon as its window is open.');
  if (unsettled > 0)
    said.push(
      `${unsettled} changed elsewhere or lost: the next plan of its stack says what happens about it.`,
    );
  return said.join(' ');
}
