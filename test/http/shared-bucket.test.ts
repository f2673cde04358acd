import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budgetFile, SharedBucketStore } from '../../src/http/shared-bucket.ts';
import { TokenBucket } from '../../src/http/token-bucket.ts';
import { SkippingClock } from '../helpers/skipping-clock.ts';

const DOCUMENTED = { burst: 5, perMinute: 15 };
const API = 'https://api.browserstack.com';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'budget-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const troubles: string[] = [];
const bucket = (clock: SkippingClock, file = budgetFile(directory, API, 'acme')) =>
  new TokenBucket(
    DOCUMENTED,
    clock,
    new SharedBucketStore(file, process.getuid?.(), (message) => troubles.push(message)),
  );

describe('a budget shared through a file', () => {
  it('is one budget, for processes one after the other and side by side', async () => {
    const clock = new SkippingClock();
    const start = clock.now().getTime();
    const first = bucket(clock);
    for (let i = 0; i < 5; i += 1) await first.take();
    expect(clock.slept).toEqual([]);
    const second = bucket(clock);
    await Promise.all([first.take(), second.take(), first.take(), second.take()]);
    expect((clock.now().getTime() - start) / 1000).toBe(16);
  });

  it('is for one API and one owner, and both official hosts are one API', () => {
    const enterprise = 'https://api-enterprise.browserstack.com/';
    expect(budgetFile(directory, enterprise, 'acme')).toBe(budgetFile(directory, API, 'acme'));
    const files = [
      budgetFile(directory, API, 'acme'),
      budgetFile(directory, API, 'other'),
      budgetFile(directory, 'http://localhost:1', 'acme'),
      budgetFile(directory, 'http://localhost:2', 'acme'),
    ];
    expect(new Set(files).size).toBe(4);
  });

  it('says nothing about whose it is, and leaves nothing else behind', async () => {
    await bucket(new SkippingClock()).take();
    const [file, ...others] = await readdir(directory);
    expect(others).toEqual([]);
    expect(file).toMatch(/^[0-9a-f]{24}\.json$/u);
    const kept: unknown = JSON.parse(await readFile(join(directory, file ?? ''), 'utf8'));
    expect(Object.keys(kept as object).sort()).toEqual(['fullAt', 'late', 'margin', 'refusals', 'refusedAt']);
  });

  it('teaches every process what one was refused', async () => {
    const clock = new SkippingClock();
    await bucket(clock).penalize(10_000);
    await bucket(clock).take();
    expect(clock.slept).toEqual([10_000]);
  });

  it.each(['', '{"fullAt":', '{"fullAt":"soon"}', '[]', 'null'])(
    'starts afresh from a damaged file: %j',
    async (text) => {
      await writeFile(budgetFile(directory, API, 'acme'), text);
      const clock = new SkippingClock();
      const one = bucket(clock);
      for (let i = 0; i < 6; i += 1) await one.take();
      expect(clock.slept).toEqual([4000]);
    },
  );

  it('takes over the lock of a process that was killed while it held it', async () => {
    const lock = `${budgetFile(directory, API, 'acme')}.lock`;
    await mkdir(lock);
    const longAgo = new Date(Date.parse('2026-01-01T00:00:00Z'));
    await utimes(lock, longAgo, longAgo);
    await bucket(new SkippingClock()).take();
    expect(troubles).toEqual([]);
    expect(await readdir(directory)).toHaveLength(1);
  });

  it('waits for a fresh lock of a killed process too, until it counts as stale', async () => {
    await mkdir(`${budgetFile(directory, API, 'acme')}.lock`);
    await bucket(new SkippingClock()).take();
    expect(troubles).toEqual([]);
  });

  it('goes on alone where the file cannot be used, and says so once', async () => {
    const blocked = join(directory, 'blocked');
    await writeFile(blocked, 'a file where a directory should be');
    const clock = new SkippingClock();
    const one = bucket(clock, budgetFile(blocked, API, 'acme'));
    for (let i = 0; i < 6; i += 1) await one.take();
    expect(clock.slept).toEqual([4000]);
    expect(troubles.splice(0)).toEqual([expect.stringContaining('this process keeps its own')]);
  });

  it('is kept by several real processes at once, however slow each of them is', async () => {
    const interval = 50;
    const fixture = fileURLToPath(new URL('./take-turns.fixture.ts', import.meta.url));
    const file = budgetFile(directory, API, 'acme');
    const size = [String(DOCUMENTED.burst), String(60_000 / interval)];
    const run = async (): Promise<number[]> => {
      const { stdout } = await promisify(execFile)(process.execPath, [
        ...['--import', 'tsx', fixture, file],
        ...[...size, '12'],
      ]);
      return JSON.parse(stdout);
    };
    const turns = (await Promise.all([run(), run(), run()])).flat().sort((a, b) => a - b);

    // What a bucket on the other side has left after each turn, had the request arrived at once.
    let [left, at] = [DOCUMENTED.burst, turns[0] ?? 0];
    const afterEach = turns.map((turn) => {
      left = Math.min(DOCUMENTED.burst, left + (turn - at) / interval) - 1;
      at = turn;
      return left;
    });
    expect(afterEach).toHaveLength(36);
    expect(Math.min(...afterEach)).toBeGreaterThan(-0.001);
  });
});
