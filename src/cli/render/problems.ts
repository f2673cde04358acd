import type { Problem } from '../../errors.ts';
import { pathText } from '../../schema/path.ts';
import type { Palette } from './palette.ts';

/** All problems for a person, each with its code, where it is, and what to do. */
export function problemsAsText(problems: readonly Problem[], { red, bold, dim }: Palette): string {
  return problems
    .map(({ code, summary, detail, path }) => {
      const where = path === undefined || path.length === 0 ? '' : `\n  at ${pathText(path)}`;
      const hint = detail === '' ? '' : `\n${indented(detail)}`;
      return `${red(bold('Error:'))} ${bold(summary)} ${dim(`[${code}]`)}${where}${hint}\n`;
    })
    .join('\n');
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
