import Table from 'cli-table3';

/** What one run cost. Times in milliseconds, memory in MB. */
export interface Sample {
  readonly wall: number;
  /** Peak of the largest process measured; absent where another program's was not measured. */
  readonly memory?: number;
  /** CPU time of the provider's processes together. */
  readonly cpu?: number;
  /** CPU time of everything that ran: the provider, and the engine that used it. */
  readonly cpuOfAll?: number;
}

/** What is compared with what. The first subject is what the others are compared with. */
export interface Measure {
  readonly name: string;
  readonly subjects: readonly { readonly name: string; readonly run: () => Promise<Sample> }[];
}

/** One line of the report: medians over all rounds. Milliseconds and MB; null where that was not measured. */
export interface Row {
  readonly measure: string;
  readonly subject: string;
  readonly wall: number;
  readonly fastest: number;
  /** Wall time divided by that of the measure's first subject. */
  readonly ratio: number;
  /** CPU time of all provider processes of one run. */
  readonly cpu: number | null;
  /** CPU time of everything that ran, the engine included; of a launch, of the program. */
  readonly cpuOfAll: number | null;
  /** That, minus the same of the measure's first subject. */
  readonly cpuAbove: number | null;
  /** The provider's part of all CPU time. */
  readonly share: number | null;
  /** Peak of one provider process. */
  readonly memory: number | null;
}

export interface Report {
  readonly node: string;
  readonly engine: string;
  readonly platform: string;
  readonly rows: readonly Row[];
}

/** Takes turns between the subjects, so that a machine that gets slower is slower for all of them. */
export async function compared({ name, subjects }: Measure, rounds: number): Promise<readonly Row[]> {
  const samples = subjects.map((): Sample[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, { run }] of subjects.entries()) samples[index]?.push(await run());
  const [base = []] = samples;
  return subjects.map((subject, index) => rowOf(name, subject.name, samples[index] ?? [], base));
}

function rowOf(measure: string, subject: string, samples: readonly Sample[], base: readonly Sample[]): Row {
  const walls = samples.map(({ wall }) => wall);
  const wall = median(walls) ?? 0;
  const [all, baseAll] = [median(samples.flatMap(everything)), median(base.flatMap(everything))];
  const shares = samples.flatMap(({ cpu, cpuOfAll }) => (cpu && cpuOfAll ? [cpu / cpuOfAll] : []));
  return {
    measure,
    subject,
    wall: rounded(wall, 1),
    fastest: rounded(Math.min(...walls), 1),
    ratio: rounded(wall / (median(base.map((sample) => sample.wall)) ?? 1), 2),
    cpu: orNull(median(samples.flatMap(({ cpu }) => cpu ?? [])), 0),
    cpuOfAll: orNull(all, 0),
    cpuAbove: orNull(all === undefined || baseAll === undefined ? undefined : all - baseAll, 0),
    share: orNull(median(shares), 2),
    memory: orNull(median(samples.flatMap(({ memory }) => memory ?? [])), 0),
  };
}

function everything({ cpu, cpuOfAll }: Sample): readonly number[] {
  const all = cpuOfAll ?? cpu;
  return all === undefined ? [] : [all];
}

/** For people. */
export function tableOf({ node, engine, platform, rows }: Report): string {
  const head = [
    '',
    '',
    'wall ms',
    'fastest',
    'ratio',
    'CPU ms',
    'above',
    'provider',
    'its part',
    'memory MB',
  ];
  const table = new Table({ head, style: { head: [], border: [] } });
  rows.forEach((row, index) => {
    const first = rows[index - 1]?.measure !== row.measure;
    const { subject, wall, fastest, ratio, cpu, cpuOfAll, cpuAbove, share, memory } = row;
    const part = share === null ? '' : `${Math.round(share * 100)} %`;
    const figures = [wall, fastest, ratio, cpuOfAll ?? '', cpuAbove ?? '', cpu ?? '', part, memory ?? ''];
    table.push([first ? row.measure : '', subject, ...figures]);
  });
  return `Node ${node}, ${engine}, ${platform}\n${table.toString()}\n`;
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

function orNull(value: number | undefined, digits: number): number | null {
  return value === undefined ? null : rounded(value, digits);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
