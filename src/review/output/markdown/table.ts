// Tables of GFM, from cells that are harmless already.

export interface Table {
  readonly head: readonly string[];
  /** `:-:` for the column of signs. */
  readonly centered?: readonly number[];
  /** Most important first: what does not fit goes from the end, a row at a time. */
  readonly rows: readonly (readonly string[])[];
}

/** At most so many rows, and a last one that says how many are missing. Nothing for a table without rows. */
export function tableText({ head, centered = [], rows }: Table, most: number): string {
  if (rows.length === 0 || most <= 0) return '';
  const shown = rows.slice(0, most);
  const missing = rows.length - shown.length;
  const blank = head.map(() => '');
  const last = missing === 0 ? [] : [[...blank.slice(0, 1), `… ${missing} more`, ...blank.slice(2)]];
  const rule = head.map((_, column) => (centered.includes(column) ? ':-:' : '---'));
  return [head, rule, ...shown, ...last].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
