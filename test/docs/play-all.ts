import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ENGINE } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { play } from './player.ts';

/** What an engine prints differs from version to version; the pages show that of this one. */
const SHOWN = /^Terraform v1\.11\./u;

const WAY_OUT =
  'The page does not show what happens now. If what happens is right, "npm run generate:transcripts" rewrites it';

/** All Markdown below a folder of the repository. */
export function pagesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path))
    .sort();
}

/** Plays each page (paths below the repository) and compares it with what is committed. */
export function playAll(pages: readonly string[]): void {
  describeWithTerraform('what the page shows happens', () => {
    it.skipIf(isOther()).each(pages)('%s', async (path) => {
      await expect(await play(path), WAY_OUT).toMatchFileSnapshot(resolve(path));
    });
  });
}

/** True for an engine of another version; without any the tests run, and fail. */
function isOther(): boolean {
  if (ENGINE === undefined) return false;
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
  const version = execFileSync(ENGINE, ['version'], { encoding: 'utf8', env });
  if (SHOWN.test(version)) return false;
  process.stderr.write(`SKIPPED: the pages show another engine than ${version.split('\n')[0]}\n`);
  return true;
}
