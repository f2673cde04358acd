// Rotates keys under seeded misfortune and counts what is lost: npm run chaos -- --schedules 500 --seed 1 [--json]

import { parseArgs } from 'node:util';
import { runSchedule, type Verdict } from './chaos/schedule.ts';

export interface Figures {
  readonly ok: boolean;
  readonly schedules: number;
  readonly lost: number;
  readonly doubled: number;
  readonly rotatedTwice: number;
}

/** Runs schedules one after another; tells of each that fails. A schedule that throws counts as a lost key. */
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
    if (verdict.lost + verdict.doubled + verdict.rotatedTwice > 0) tell(verdict);
  }
  return { ok: sums.lost + sums.doubled + sums.rotatedTwice === 0, schedules, ...sums };
}

async function verdictOf(seed: number): Promise<Verdict> {
  try {
    return await runSchedule(seed);
  } catch (error) {
    const story = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { seed, lost: 1, doubled: 0, rotatedTwice: 0, story };
  }
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
  const figures = await chaos(schedules, seed, (verdict) =>
    write(values.json ? JSON.stringify(verdict) : [`seed ${verdict.seed}`, ...verdict.story].join('\n  ')),
  );
  write(JSON.stringify(figures));
  process.exitCode = figures.ok ? 0 : 1;
}

if (import.meta.filename === process.argv[1]) await main();
