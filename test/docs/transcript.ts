import { stripVTControlCharacters } from 'node:util';

/** Lines about progress: their order and their seconds are those of one machine on one day. */
const PROGRESS =
  /^\S+: (Refreshing state|Reading|Read complete|Still|Creating|Creation complete|Modifying|Modifications complete|Destroying|Destruction complete|Opening|Opening complete|Closing|Closing complete|Preparing import|Importing|Import complete)\b/u;

/** The same in front of every plan, and nothing anybody needs at night. */
const LEGEND =
  /^Terraform used the selected providers to generate the following execution\nplan\. Resource actions are indicated with the following symbols:\n(?:.*\S.*\n)*\n?/gmu;

/** What a command printed, as a page shows it: without colours, progress, legend and blank edges. */
export function shown(output: string): readonly string[] {
  const lines = stripVTControlCharacters(output)
    .replace(LEGEND, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => !PROGRESS.test(line));
  const text = lines.join('\n').replaceAll(/\n{3,}/gu, '\n\n');
  const trimmed = text.replace(/^\n+|\n+$/gu, '');
  return trimmed === '' ? [] : trimmed.split('\n');
}

/**
 * What a page should say a command prints: `expected` where that still holds, where a line `...` stands for any lines,
 * also for none. Else `actual`, shortened as the page was if the places to cut can still be found.
 */
export function corrected(expected: readonly string[], actual: readonly string[]): readonly string[] {
  if (matches(expected, actual)) return expected;
  const cut = expected.findLastIndex(isEllipsis);
  const [anchor] = expected.slice(cut + 1);
  const from = anchor === undefined ? -1 : actual.lastIndexOf(anchor);
  if (cut < 0 || from < 0) return actual;
  const shortened = [...expected.slice(0, cut + 1), ...actual.slice(from)];
  return matches(shortened, actual) ? shortened : actual;
}

export function matches(expected: readonly string[], actual: readonly string[]): boolean {
  const runs: string[][] = [[]];
  for (const line of expected)
    if (isEllipsis(line)) runs.push([]);
    else runs.at(-1)?.push(line);
  const [first = [], ...rest] = runs;
  const last = rest.pop();
  if (last === undefined) return same(first, actual);
  if (!same(first, actual.slice(0, first.length))) return false;
  let from = first.length;
  for (const run of rest) {
    const at = positionOf(run, actual, from);
    if (at === undefined) return false;
    from = at + run.length;
  }
  return actual.length - last.length >= from && same(last, actual.slice(actual.length - last.length));
}

function isEllipsis(line: string): boolean {
  return line.trim() === '...';
}

function positionOf(run: readonly string[], lines: readonly string[], from: number): number | undefined {
  for (let at = from; at + run.length <= lines.length; at++)
    if (same(run, lines.slice(at, at + run.length))) return at;
  return undefined;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
