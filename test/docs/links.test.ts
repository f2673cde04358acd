import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { pagesUnder } from './play-all.ts';

/** `[text](target)`, where the target is no address and not only an anchor. */
const LINK = /\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/gu;

it('every link between pages leads somewhere', () => {
  const dead = ['README.md', ...pagesUnder('docs')].flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(LINK)]
      .map(([, target = '']) => join(dirname(page), target))
      .filter((target) => !existsSync(target))
      .map((target) => `${page}: ${target}`),
  );
  expect(dead).toEqual([]);
});
