// A text that nobody vouches for, such as what a job of a fork wrote: in a block in which nothing is Markdown.

import { visible } from '../../visible.ts';
import { bytesOf, type Dialect } from './dialect.ts';
import { codeSpan } from './inline.ts';
import { markerOf } from './marker.ts';

const WARNING =
  'This was written by a job that holds no credentials and runs the code of this request: it is what that job says, no more. The plan is reviewed when somebody of the project starts it.';

/** A comment of its own, beside the one of the plan. */
export function unverified(text: string, stack: string, { limit }: Dialect): string {
  const lines = text.split('\n').map(visible);
  const render = (shown: readonly string[]) => {
    const runs = shown.join('\n').match(/`+/gu) ?? [];
    const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
    const missing = lines.length - shown.length;
    const more = missing === 0 ? '' : `\n… ${missing} more lines are in the output of the job.\n`;
    return `${markerOf(`${stack}-static`, {})}\n### BrowserStack · ${codeSpan(stack, 'text')} — static review\n\n${WARNING}\n\n${fence}text\n${shown.join('\n')}\n${fence}\n${more}`;
  };
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bytesOf(render(lines.slice(0, middle))) <= limit) low = middle;
    else high = middle - 1;
  }
  return render(lines.slice(0, low));
}
