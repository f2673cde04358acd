import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a Node process used in its whole life, told by itself when it ends: no sampling misses its peak. */
const TELLER = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS / 1024 };
  require('node:fs').appendFileSync(process.env.BENCH_USAGE, JSON.stringify(usage) + '\\n');
});
`;

export interface Usage {
  readonly cpu: number;
  readonly memory: number;
}

/** Collects what the Node processes below this one use. */
export class UsageLog {
  /** Makes every Node process that gets it tell its usage; costs each of them the same. */
  readonly env: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor(directory: string) {
    const teller = join(directory, 'tell-usage.cjs');
    writeFileSync(teller, TELLER);
    this.#file = join(directory, 'usage.jsonl');
    this.env = { NODE_OPTIONS: `--require=${JSON.stringify(teller)}`, BENCH_USAGE: this.#file };
  }

  /** The processes that ended since the last time. */
  take(): readonly Usage[] {
    if (!existsSync(this.#file)) return [];
    const lines = readFileSync(this.#file, 'utf8').trim().split('\n');
    rmSync(this.#file);
    return lines.map((line) => JSON.parse(line));
  }
}

/** CPU milliseconds of all ended children of this process and theirs; undefined where the system does not tell. */
export function cpuOfChildren(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  // After the name, which may hold anything: state, parent … and as 14th and 15th the children's ticks of 10 ms.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/**
 * The environment of this process without what makes programs slower or louder: with NODE_EXTRA_CA_CERTS each Node,
 * the empty one too, parses some 280 certificates at its start, which hid 37 ms of ours.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS, NODE_OPTIONS, SSL_CERT_FILE, TF_LOG, TF_LOG_PROVIDER, ...clean } = process.env;
  return clean;
}
