import type { Problem } from '../../errors.ts';
import { pathText } from '../../schema/path.ts';
import type { Palette } from './palette.ts';

/** How many places of one problem are listed. */
const PLACES = 5;

/** All problems for a person, each with its code, where it is, and what to do; the same one in many places is told once. */
export function problemsAsText(problems: readonly Problem[], { red, bold, dim }: Palette): string {
  return [...grouped(problems).values()]
    .map(({ problem: { code, summary, detail }, places }) => {
      const shown = places.slice(0, PLACES).map((place) => `\n  at ${place}`);
      const more = places.length > PLACES ? `\n  and at ${places.length - PLACES} more` : '';
      const hint = detail === '' ? '' : `\n${indented(detail)}`;
      return `${red(bold('Error:'))} ${bold(summary)} ${dim(`[${code}]`)}${shown.join('')}${more}${hint}\n`;
    })
    .join('\n');
}

interface Group {
  readonly problem: Problem;
  readonly places: string[];
}

function grouped(problems: readonly Problem[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const problem of problems) {
    const { code, summary, detail, path } = problem;
    const key = JSON.stringify([code, summary, detail]);
    const group = groups.get(key) ?? { problem, places: [] };
    groups.set(key, group);
    if (path !== undefined && path.length > 0) group.places.push(pathText(path));
  }
  return groups;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
