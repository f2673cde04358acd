// Brings about seeded misfortune and counts what is lost:
//   npm run chaos                                           all kinds
//   npm run chaos -- --only terraform --seed 17 --schedules 1   one schedule again

import { parseArgs } from 'node:util';
import { chaos, hasFailed as hasFailedInProcess } from './in-process/chaos.ts';
import { realChaos } from './real/chaos.ts';
import { COUNTS, hasFailed } from './real/verdict.ts';

/** How many schedules there are of each kind, unless told otherwise. */
const SCHEDULES = { 'in-process': 500, terraform: 100, 'command-line': 60 } as const;
type Kind = keyof typeof SCHEDULES;

interface Told {
  readonly seed: number;
  readonly story: readonly string[];
  readonly met: readonly string[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      schedules: { type: 'string' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const seed = wholeNumber(values.seed);
  for (const kind of kindsOf(values.only)) {
    const schedules = values.schedules === undefined ? SCHEDULES[kind] : wholeNumber(values.schedules);
    if (!(await run(kind, schedules, seed, values.json))) process.exitCode = 1;
  }
}

/** Whether nothing was lost. */
async function run(kind: Kind, schedules: number, seed: number, asJson: boolean): Promise<boolean> {
  const write = (line: string) => process.stdout.write(`${line}\n`);
  const met = new Map<string, number>();
  const tell = (verdict: Told, failed: boolean) => {
    for (const what of verdict.met) met.set(what, (met.get(what) ?? 0) + 1);
    if (!failed) return;
    const again = `npm run chaos -- --only ${kind} --seed ${verdict.seed} --schedules 1`;
    write(asJson ? JSON.stringify({ again, ...verdict }) : [again, ...verdict.story].join('\n  '));
  };
  const figures = await (kind === 'in-process'
    ? chaos(schedules, seed, (verdict) => tell(verdict, hasFailedInProcess(verdict)))
    : countReal(kind, schedules, seed, tell));
  const counts = [...met].sort(([a], [b]) => a.localeCompare(b, 'en'));
  if (asJson) write(JSON.stringify({ met: Object.fromEntries(counts) }));
  else for (const [what, count] of counts) write(`${String(count).padStart(6)} ${what}`);
  write(JSON.stringify({ kind, ...figures }));
  return figures.ok;
}

async function countReal(
  kind: 'terraform' | 'command-line',
  schedules: number,
  seed: number,
  tell: (verdict: Told, failed: boolean) => void,
) {
  const sums = Object.fromEntries(COUNTS.map((count) => [count, 0]));
  let ok = true;
  const seeds = Array.from({ length: schedules }, (_, index) => ({ kind, seed: seed + index }));
  await realChaos(seeds, (verdict) => {
    for (const count of COUNTS) sums[count] = (sums[count] ?? 0) + verdict[count];
    ok &&= !hasFailed(verdict);
    tell(verdict, hasFailed(verdict));
  });
  return { ok, schedules, ...sums };
}

function kindsOf(only: string | undefined): readonly Kind[] {
  // The keys of the table are the kinds.
  const kinds = Object.keys(SCHEDULES) as readonly Kind[];
  const chosen = kinds.filter((kind) => only === undefined || kind === only);
  if (chosen.length === 0) throw new Error(`--only takes ${kinds.join(', ')}`);
  return chosen;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error('--schedules and --seed take whole numbers from 1 on');
  return number;
}

await main();
