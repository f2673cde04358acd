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

/** `src/…`, as pages for maintainers name the rooms of the house. */
const ROOM = /`((?:src|constructs|scripts|test|examples)\/[^`\s*<…]+)`/gu;

it('every file and folder that a page names is there', () => {
  const gone = [...published, 'CONTRIBUTING.md'].flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(ROOM)]
      .filter(([, path = '']) => !existsSync(path))
      .map(([, path = '']) => `${page}: ${path}`),
  );
  expect(gone).toEqual([]);
});

it('guides have no folders, which a registry would not show', () => {
  const guides = pagesUnder('docs/guides').map((page) => dirname(page));
  expect([...new Set(guides)]).toEqual(['docs/guides']);
});

/** What a reader has set who followed the README. */
const OF_THE_README = /\$(?:BROWSERSTACK_USERNAME|BROWSERSTACK_ACCESS_KEY)\b|\$\{BROWSERSTACK_\w+:-[^}]+\}/gu;

it('every command on a page runs with what the README has set up, and nothing installed', () => {
  const commands = published.flatMap((page) =>
    partsOf(readFileSync(page, 'utf8')).flatMap((part) =>
      part.kind === 'console' ? part.steps.map(({ command }) => `${page}: ${command}`) : [],
    ),
  );
  const bare = /(?<!npx )(?<![\w./-])browserstack-iac [a-z-]/u;
  expect(commands.filter((command) => bare.test(command))).toEqual([]);
  const needsMore = (command: string) => command.replace(OF_THE_README, '').includes('BROWSERSTACK_');
  expect(commands.filter(needsMore)).toEqual([]);
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
