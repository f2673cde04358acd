// Whole programs on pages are run as their readers run them.

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { pagesUnder } from './play-all.ts';

const programs = ['README.md', ...pagesUnder('docs')].flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/```ts\n(.*?)```/gsu)]
    .map(([, program = '']) => [page, program] as const)
    .filter(([, program]) => program.includes('app.synth()')),
);

it('there are some', () => expect(programs.map(([page]) => page)).toContain('docs/guides/start.md'));

it.each(programs)('of %s synthesizes', (_, program) => {
  const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-program-'));
  try {
    const modules = join(directory, 'node_modules');
    mkdirSync(modules);
    symlinkSync(resolve('.'), join(modules, 'browserstack-iac'));
    for (const name of ['cdktf', 'constructs'])
      symlinkSync(resolve('node_modules', name), join(modules, name));
    writeFileSync(join(directory, 'main.ts'), program);
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), 'main.ts'],
      { cwd: directory, encoding: 'utf8' },
    );
    // The one line that says what is wrong; the rest of a crash is code.
    expect([status, /^\w*Error: .*$/mu.exec(stderr)?.[0]]).toEqual([0, undefined]);
    expect(existsSync(join(directory, 'cdktf.out/stacks/acme/cdk.tf.json'))).toBe(true);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
