// Rotates keys under seeded misfortune and counts what is lost: npm run chaos -- --schedules 500 --seed 1 [--json]

import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runSchedule, type Verdict } from './chaos/schedule.ts';

export interface Figures {
  readonly ok: boolean;
  readonly schedules: number;
  readonly lost: number;
  readonly doubled: number;
  readonly rotatedTwice: number;
}

/** A schedule takes a fraction of a second; one that takes so many milliseconds hangs. */
const PATIENCE = 60_000;

/** Runs schedules one after another; tells of each. A schedule that throws, or hangs, counts as a lost key. */
export async function chaos(
  schedules: number,
  seed: number,
  tell: (verdict: Verdict) => void,
): Promise<Figures> {
  const sums = { lost: 0, doubled: 0, rotatedTwice: 0 };
  for (let index = 0; index < schedules; index += 1) {
    const verdict = await verdictOf(seed + index);
    sums.lost += verdict.lost;
    sums.doubled += verdict.doubled;
    sums.rotatedTwice += verdict.rotatedTwice;
    tell(verdict);
  }
  return { ok: sums.lost + sums.doubled + sums.rotatedTwice === 0, schedules, ...sums };
}

async function verdictOf(seed: number): Promise<Verdict> {
  try {
    return await Promise.race([runSchedule(seed), hanging(PATIENCE)]);
  } catch (error) {
    const story = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { seed, lost: 1, doubled: 0, rotatedTwice: 0, story, met: [] };
  }
}

async function hanging(milliseconds: number): Promise<never> {
  await setTimeout(milliseconds, undefined, { ref: false });
  throw new Error(`it did not end within ${milliseconds / 1000} s`);
}

export function hasFailed({ lost, doubled, rotatedTwice }: Verdict): boolean {
  return lost + doubled + rotatedTwice > 0;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const [schedules, seed] = [Number(values.schedules), Number(values.seed)];
  if (!Number.isSafeInteger(schedules) || schedules < 1 || !Number.isSafeInteger(seed))
    throw new Error('--schedules and --seed take whole numbers');
  const write = (line: string) => process.stdout.write(`${line}\n`);
  const met = new Map<string, number>();
  const figures = await chaos(schedules, seed, (verdict) => {
    for (const what of verdict.met) met.set(what, (met.get(what) ?? 0) + 1);
    if (!hasFailed(verdict)) return;
    write(values.json ? JSON.stringify(verdict) : [`seed ${verdict.seed}`, ...verdict.story].join('\n  '));
  });
  const counts = [...met].sort(([a], [b]) => a.localeCompare(b, 'en'));
  if (values.json) write(JSON.stringify({ met: Object.fromEntries(counts) }));
  else for (const [what, count] of counts) write(`${String(count).padStart(6)} ${what}`);
  write(JSON.stringify(figures));
  process.exitCode = figures.ok ? 0 : 1;
}

if (import.meta.filename === process.argv[1]) await main();
