import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { ENGINE } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { partsOf } from './page.ts';
import { pagesUnder } from './play-all.ts';

const published = ['README.md', ...pagesUnder('docs')];

/** `[text](target)`, where the target is no address and not only an anchor. */
const LINK = /\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/gu;

it('every link between pages leads somewhere', () => {
  const dead = published.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(LINK)]
      .map(([, target = '']) => join(dirname(page), target))
      .filter((target) => !existsSync(target))
      .map((target) => `${page}: ${target}`),
  );
  expect(dead).toEqual([]);
});

describeWithTerraform('every configuration on a page', () => {
  it('is formatted as Terraform does', () => {
    const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-form-'));
    try {
      for (const page of published) {
        const blocks = partsOf(readFileSync(page, 'utf8')).filter((part) => part.kind === 'file');
        for (const [index, { body }] of blocks.entries())
          writeFileSync(join(directory, `${page.replaceAll('/', '_')}.${index}.tf`), body);
      }
      const formatted = ['fmt', '-list=false', '-diff', directory];
      const env = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', NO_COLOR: '1' };
      expect(execFileSync(ENGINE ?? 'terraform', formatted, { encoding: 'utf8', env })).toBe('');
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
