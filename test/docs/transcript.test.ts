import { describe, expect, it } from 'vitest';
import { partsOf, textOf } from './page.ts';
import { corrected, matches, shown } from './transcript.ts';

describe('a transcript', () => {
  it.each([
    [[], [], true],
    [['a'], ['a', 'b'], false],
    [['a', '...'], ['a', 'b'], true],
    [['...', 'b'], ['a', 'b'], true],
    [['...', 'b'], ['a', 'b', 'c'], false],
    [['a', '...', 'c', '  ...', 'e'], ['a', 'b', 'c', 'e'], true],
    [['a', '...', 'c', '...', 'e'], ['a', 'b', 'e'], false],
    [['a', '...', 'a'], ['a'], false],
  ])('of %j matches %j: %s', (expected, actual, result) => {
    expect(matches(expected, actual)).toBe(result);
  });

  it('is corrected where it is wrong, and stays as short as it was', () => {
    expect(corrected(['...', 'Error', 'old'], ['long', 'Error', 'new'])).toEqual(['...', 'Error', 'new']);
    expect(corrected(['...', 'Error'], ['long', 'Warning'])).toEqual(['long', 'Warning']);
    expect(corrected([], ['new'])).toEqual(['new']);
  });

  it('leaves out colours, progress and legend', () => {
    const output = `\u001b[1mx.y: Refreshing state... [id=1]\u001b[0m

Terraform used the selected providers to generate the following execution
plan. Resource actions are indicated with the following symbols:
  + create

Terraform will perform the following actions:

x.y: Creating...
x.y: Creation complete after 3s


\u001b[32mDone.\u001b[0m
`;
    expect(shown(output)).toEqual(['Terraform will perform the following actions:', '', 'Done.']);
  });
});

describe('a page', () => {
  it('is the sum of its parts', () => {
    const page = `# Title

<!-- scene
teams: []
-->
<!-- a remark -->

\`\`\`terraform key.tf
x = 1
\`\`\`

\`\`\`console
$ one
first

$ two
$ three
\`\`\`

\`\`\`text requests
1 × GET /
\`\`\`
\`\`\`sh
not run
\`\`\`
`;
    const parts = partsOf(page);
    expect(parts.map(textOf).join('')).toBe(page);
    expect(parts.map(({ kind }) => kind).filter((kind) => kind !== 'prose')).toEqual([
      'directive',
      'file',
      'console',
      'requests',
    ]);
  });
});
