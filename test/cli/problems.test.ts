import { expect, it } from 'vitest';
import { problemsAsText } from '../../src/cli/render/problems.ts';
import { Problem } from '../../src/errors.ts';

const plain = {
  ...Object.fromEntries(
    ['red', 'green', 'yellow', 'bold', 'dim'].map((name) => [name, (text: string) => text]),
  ),
} as unknown as Parameters<typeof problemsAsText>[1]; // Colours only.

it('tells what is wrong in sixty places once, and loses nothing that differs', () => {
  const lacking = Array.from(
    { length: 60 },
    (_, index) =>
      new Problem({
        code: 'unexpected_answer',
        summary: 'The list lacks most',
        detail: 'Wait.',
        path: [`a${index}`],
      }),
  );
  const other = new Problem({
    code: 'unexpected_answer',
    summary: 'The list lacks most',
    detail: 'Look.',
    path: ['b'],
  });
  const none = new Problem({ code: 'refused', summary: 'No', detail: '' });
  expect(problemsAsText([...lacking.slice(0, 30), other, ...lacking.slice(30), none], plain)).toBe(
    [
      'Error: The list lacks most [unexpected_answer]',
      '  at a0\n  at a1\n  at a2\n  at a3\n  at a4\n  and at 55 more',
      '  Wait.\n',
      'Error: The list lacks most [unexpected_answer]\n  at b\n  Look.\n',
      'Error: No [refused]\n',
    ].join('\n'),
  );
});
