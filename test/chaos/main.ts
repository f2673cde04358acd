// Brings about seeded misfortune and counts what is lost: npm run chaos -- [--schedules 500] [--seed 1] [--json]

import { parseArgs } from 'node:util';
import { chaos, hasFailed } from './in-process/chaos.ts';

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

await main();
