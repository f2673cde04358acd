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

/** One line of the report: medians over all rounds. */
export interface Row {
  readonly measure: string;
  readonly subject: string;
  /** Milliseconds: the median, and the fastest. */
  readonly median: number;
  readonly fastest: number;
  /** Median minus the median of the measure's first subject, and divided by it. */
  readonly above: number;
  readonly ratio: number;
  /** Peak memory of one provider process, MB. */
  readonly memory: number | null;
  /** CPU milliseconds of all provider processes of one run, and their part of all CPU time. */
  readonly cpu: number | null;
  readonly share: number | null;
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
  const base = median(samples[0]?.map(({ wall }) => wall) ?? []) ?? 0;
  return subjects.map((subject, index) => rowOf(name, subject.name, samples[index] ?? [], base));
}

function rowOf(measure: string, subject: string, samples: readonly Sample[], base: number): Row {
  const walls = samples.map(({ wall }) => wall);
  const middle = median(walls) ?? 0;
  const shares = samples.flatMap(({ cpu, cpuOfAll }) => (cpu && cpuOfAll ? [cpu / cpuOfAll] : []));
  return {
    measure,
    subject,
    median: rounded(middle, 1),
    fastest: rounded(Math.min(...walls), 1),
    above: rounded(middle - base, 1),
    ratio: rounded(middle / base, 2),
    memory: orNull(median(samples.flatMap(({ memory }) => memory ?? [])), 0),
    cpu: orNull(median(samples.flatMap(({ cpu }) => cpu ?? [])), 0),
    share: orNull(median(shares), 2),
  };
}

/** For people. */
export function tableOf({ node, engine, platform, rows }: Report): string {
  const head = ['', '', 'median ms', 'fastest', 'above', 'ratio', 'memory MB', 'CPU ms', 'of all CPU'];
  const table = new Table({ head, style: { head: [], border: [] } });
  rows.forEach((row, index) => {
    const first = rows[index - 1]?.measure !== row.measure;
    const { subject, median: middle, fastest, above, ratio, memory, cpu, share } = row;
    const figures = [middle, fastest, above, ratio, memory ?? '', cpu ?? ''];
    table.push([
      first ? row.measure : '',
      subject,
      ...figures,
      share === null ? '' : `${Math.round(share * 100)} %`,
    ]);
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
