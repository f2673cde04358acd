// The constructs for cdktn are those for cdktf, with other names of packages.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { forCdktn } from '../../scripts/build/constructs.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const code = (directory: string) =>
  readdirSync(join(dist, directory), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(d\.ts|js)$/u.test(name),
  );

it('has every file, and imports nothing of the other', () => {
  expect(code('cdktn')).toEqual(code('constructs'));
  for (const name of code('cdktn')) {
    const text = readFileSync(join(dist, 'cdktn', name), 'utf8');
    expect([name, text.match(/(?:require(?:\.resolve)?\(|from |import\()["']@?cdktf/gu)]).toEqual([
      name,
      null,
    ]);
  }
});

it.each([
  [`require("cdktf")`, `require("cdktn")`],
  [`from 'cdktf/lib/x'`, `from 'cdktn/lib/x'`],
  [`import('@cdktf/provider-null/lib/resource')`, `import('@cdktn/provider-null/lib/resource')`],
  [`TOOLKIT = 'cdktf'`, `TOOLKIT = 'cdktn'`],
  [`Symbol.for('cdktf/TerraformElement')`, `Symbol.for('cdktf/TerraformElement')`],
  ['// cdktf says "cdktf.out"', '// cdktf says "cdktf.out"'],
])('%s', (written, expected) => {
  expect(forCdktn(written)).toBe(expected);
});
