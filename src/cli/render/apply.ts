import type { ActionResult } from '../../reconcile/apply/execute.ts';
import { isChange } from '../../reconcile/plan/plan.ts';
import type { ApplyReport } from '../../reconcile/reconciler.ts';
import type { Palette } from './palette.ts';
import { countsInWords, sections } from './plan.ts';
import { problemsAsText } from './problems.ts';

/** One line as soon as something is done. */
export function resultAsText({ outcome, sentence }: ActionResult, { green, red, yellow }: Palette): string {
  const paint = outcome === 'failed' ? red : outcome === 'skipped' ? yellow : green;
  return `${paint(sentence)}\n`;
}

/** The end of an apply: what went wrong, and what is left. */
export function reportAsText({ results, remaining, problems, ok }: ApplyReport, palette: Palette): string {
  const { bold, green } = palette;
  const failures = [...results.flatMap((result) => result.problems), ...problems];
  const done = results.filter(({ outcome }) => outcome !== 'failed' && outcome !== 'skipped').length;
  const left = remaining?.actions.some(isChange) ? `Left to do: ${countsInWords(remaining)}.` : '';
  const made = `${done} of ${results.length} changes are made.`;
  const verdict = ok
    ? green('Done.')
    : done < results.length
      ? bold('Not everything was done.')
      : bold(
          remaining === undefined
            ? 'Everything was done, and nobody could look whether the world shows it.'
            : 'Everything was done, and the world does not show all of it yet.',
        );
  return sections(
    failures.length === 0 ? '' : problemsAsText(failures, palette).trimEnd(),
    results.length === 0 && ok
      ? 'Nothing was to be done.'
      : [verdict, made, left].filter((text) => text !== '').join(' '),
  );
}
