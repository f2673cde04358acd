import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(root + file, 'utf8');
const rows = [...read('docs/protocol-server.md').matchAll(/^\| (\d+) \| .+ \| (\S+) \|$/gmu)];

test.each(rows.map(([, number = '', file = '']) => [number, file]))(
  'the page says that trap %s has a test in %s, and it has',
  (number, file) => {
    const named = [...read(file).matchAll(/\btrap ([\d, and]+)/giu)];
    expect(named.flatMap(([, numbers]) => numbers?.match(/\d+/gu) ?? [])).toContain(number);
  },
);

test('the table is not empty', () => {
  expect(rows.length).toBeGreaterThan(45);
});
