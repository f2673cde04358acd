import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FULL } from '../../src/http/bucket-state.ts';
import { budgetFile, SharedBucketStore } from '../../src/http/shared-bucket.ts';

const ME = process.getuid?.() ?? 0;

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'own-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

/** Uses a budget in `directory` once; gives what was complained about. */
async function used(directory: string, userId: number | undefined = ME) {
  const troubles: string[] = [];
  const file = budgetFile(directory, 'https://api.browserstack.com', 'acme');
  const store = new SharedBucketStore(file, userId, (message) => troubles.push(message));
  const change = () => store.update((state) => [{ ...state, fullAt: state.fullAt + 1 }, state.fullAt]);
  await change();
  // Shared or not, the second change sees the first.
  expect(await change()).toBe(FULL.fullAt + 1);
  return { file, troubles };
}

describe('the directory of the request budget', () => {
  it('is made for this user only, with what is missing above it', async () => {
    const directory = join(base, 'state', 'browserstack-iac', 'request-budget');
    const { file, troubles } = await used(directory);
    expect(troubles).toEqual([]);
    for (const path of [directory, dirname(directory)]) expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is not used when the file is a link: what it leads to stays as it was', async () => {
    const directory = join(base, 'budget');
    await mkdir(directory, { mode: 0o700 });
    const target = join(base, 'target');
    await writeFile(target, 'precious');
    const file = budgetFile(directory, 'https://api.browserstack.com', 'acme');
    await symlink(target, file);
    const { troubles } = await used(directory);
    expect(troubles).toEqual([expect.stringContaining('the file is a link')]);
    expect(await readFile(target, 'utf8')).toBe('precious');
  });

  it('is not used when it is a link itself', async () => {
    await mkdir(join(base, 'elsewhere'), { mode: 0o700 });
    await symlink(join(base, 'elsewhere'), join(base, 'budget'));
    const { troubles } = await used(join(base, 'budget'));
    expect(troubles).toEqual([expect.stringContaining('it is no directory but a link')]);
  });

  it('is not used when it belongs to somebody else, or others may write to it or replace it', async () => {
    const strange = join(base, 'strange');
    await mkdir(strange, { mode: 0o700 });
    expect((await used(strange, ME + 1)).troubles).toEqual([
      expect.stringContaining('belongs to somebody else'),
    ]);
    const open = join(base, 'open');
    await mkdir(open);
    await chmod(open, 0o777);
    expect((await used(open)).troubles).toEqual([expect.stringContaining('others may write to it')]);
    expect((await used(join(open, 'inside'))).troubles).toEqual([
      expect.stringContaining('others may replace'),
    ]);
    // As /tmp is: nobody else can replace what is ours.
    await chmod(open, 0o1777);
    expect((await used(join(open, 'sticky'))).troubles).toEqual([]);
  });

  it.each(['/proc/1/state', '/dev/null/state', '/sys/state'])(
    'is given up at once where there can be none: %s',
    async (directory) => {
      expect((await used(join(directory, 'request-budget'))).troubles).toHaveLength(1);
    },
  );

  it('is not checked where users have no numbers', async () => {
    expect((await used(join(base, 'windows'), undefined)).troubles).toEqual([]);
  });
});
