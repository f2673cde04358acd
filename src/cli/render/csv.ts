// Tables for a spreadsheet (RFC 4180).

export type Cell = string | number | boolean | null | readonly string[];

/** Lists stand in one field, with semicolons; what is not known is empty. */
export function csv<C extends string>(
  columns: readonly C[],
  rows: readonly Readonly<Record<C, Cell>>[],
): string {
  const lines = rows.map((row) => columns.map((name) => field(row[name])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

/** A name that begins like a formula is one to a spreadsheet, unless an apostrophe says that it is text. */
function field(value: Cell): string {
  const text = Array.isArray(value) ? value.join('; ') : String(value ?? '');
  const harmless = typeof value !== 'number' && /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
