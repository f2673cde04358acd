// Every diagnostic ends with a code of the closed vocabulary, and the page says what each means.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diagnosticsPage } from '../../src/codegen/diagnostics-page.ts';
import { DIAGNOSTICS } from '../../src/diagnostics/index.ts';
import { Problem, Problems } from '../../src/errors.ts';
import { withWayToDestroy } from '../../src/provider/destroy-advice.ts';
import { Diagnostics } from '../../src/provider/diagnostics.ts';

const codes = DIAGNOSTICS.flatMap(([, group]) => Object.keys(group));
const general = Object.keys(DIAGNOSTICS.at(-1)?.[1] ?? {});

const said = (...thrown: readonly unknown[]) => {
  const diagnostics = new Diagnostics();
  diagnostics.fail(...thrown);
  return diagnostics.all.map(({ detail }) => detail);
};

it('ends with the exact code, or with that of its kind', () => {
  const exact = new Problem({
    code: 'conflict',
    diagnostic: 'exists_already',
    summary: 'It exists already',
    detail: 'Import it.',
  });
  const kind = new Problem({ code: 'stale', summary: 'Plan again' });
  const bug = new TypeError('x is undefined');
  expect(said(new Problems([exact, kind]), bug)).toEqual([
    'Import it.\n\n[exists_already]',
    '[stale]',
    expect.stringMatching(/\n\n\[internal\]$/u),
  ]);
});

it('keeps the code on its way out, after whatever is added', () => {
  const problem = new Problem({
    code: 'refused',
    diagnostic: 'protected',
    summary: 'No',
    detail: 'Because.',
  });
  expect(said(withWayToDestroy(problem.at(['name'])))[0]).toMatch(
    /destroy -refresh=false.*\n\n\[protected\]$/su,
  );
});

it('says of each code what happened and what mends it, once', () => {
  expect(codes).toEqual([...new Set(codes)]);
  const page = diagnosticsPage();
  for (const code of codes)
    expect(page).toMatch(new RegExp(`^\\| \`${code}\` \\| \\S.* \\| \\S.* \\|$`, 'mu'));
});

it('has no code that nothing says', () => {
  const source = ['resources', 'provider', 'http', 'schema', 'lifecycle']
    .flatMap((layer) =>
      readdirSync(join('src', layer), { recursive: true, encoding: 'utf8' }).map((file) =>
        join('src', layer, file),
      ),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const unsaid = codes.filter((code) => !general.includes(code) && !source.includes(`diagnostic: '${code}'`));
  expect(unsaid).toEqual([]);
});
