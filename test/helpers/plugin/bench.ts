// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Terraform's language
// Measures what a launch and a plan cost. Linux only for CPU and memory (they come from /proc).
//   tsx test/helpers/plugin/bench.ts startup [--json] [--rounds N] [--count N]

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeCertificate } from '../../../src/tfplugin/certificate.ts';
import { buildPlugin } from './build-plugin.ts';
import { membersOf } from './processes.ts';
import { EchoWorkspace } from './terraform-run.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '20' },
    count: { type: 'string', default: '1000' },
  },
});
if (positionals[0] !== 'startup') throw new Error('usage: bench startup [--json] [--rounds N] [--count N]');
const rounds = Number(flags.rounds);
const count = Number(flags.count);

interface Row {
  readonly what: string;
  /** Milliseconds of wall time: the fastest, and the middle one. */
  readonly best: number;
  readonly median: number;
  /** Of the provider's processes together: CPU milliseconds, and the largest memory of one, MB. */
  readonly cpu?: number;
  readonly memory?: number;
}

const directory = mkdtempSync(path.join(tmpdir(), 'bench-'));
const rows: Row[] = [];
try {
  const bundle = await buildPlugin(directory);
  const launches: [string, string[]][] = [
    ['empty Node process', ['-e', 'require("fs").writeSync(1, "x\\n")']],
    ['start to handshake, unbundled', ['--import', 'tsx', path.join(here, 'echo-plugin.ts')]],
    ['start to handshake, bundled', [bundle]],
  ];
  for (const [what, args] of launches) rows.push(await repeated(what, rounds, () => untilFirstLine(args)));
  rows.push(...(await plans('echo_thing', 1, 'name = "x${count.index}"', Math.ceil(rounds / 4))));
  rows.push(...(await plans('echo_thing', count, 'name = "x${count.index}"', 2)));
  rows.push(...(await plans('terraform_data', count, 'input = "x${count.index}"', 2)));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
if (flags.json) console.log(JSON.stringify({ node: process.version, rows }));
else console.table(Object.fromEntries(rows.map(({ what, ...numbers }) => [what, numbers])));

async function untilFirstLine(args: readonly string[]): Promise<Usage> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
      PLUGIN_PROTOCOL_VERSIONS: '6',
      PLUGIN_CLIENT_CERT: makeCertificate(new Date()).certificatePem,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const wall = performance.now() - started;
  const usage = usageOf(child.pid ?? 0);
  // Politely, so that the socket is removed; the empty process has ended already.
  child.kill('SIGTERM');
  await once(child, 'close');
  return { wall, ...usage };
}

/** Plan of new objects, then of unchanged ones. */
async function plans(type: string, objects: number, attributes: string, times: number): Promise<Row[]> {
  const workspace = new EchoWorkspace();
  try {
    workspace.write(`resource "${type}" "a" {\n  count = ${objects}\n  ${attributes}\n}\n`);
    await workspace.install();
    const create = await repeated(`plan, ${objects} new ${type}`, times, () => planned(workspace));
    const { code, output } = await workspace.run('apply', '-auto-approve');
    if (code !== 0) throw new Error(output);
    const unchanged = await repeated(`plan, ${objects} unchanged ${type}`, times, () => planned(workspace));
    return [create, unchanged];
  } finally {
    workspace.remove();
  }
}

async function planned(workspace: EchoWorkspace): Promise<Usage> {
  const started = performance.now();
  const run = workspace.start('plan', '-input=false');
  const seen = new Map<number, { cpu: number; memory: number }>();
  const watching = setInterval(() => {
    for (const pid of membersOf(run.pid ?? 0).filter((one) => one !== run.pid)) {
      const usage = usageOf(pid);
      if (usage.memory > 0) seen.set(pid, usage);
    }
  }, 100);
  const { code, output } = await run.done;
  clearInterval(watching);
  if (code !== 0) throw new Error(output);
  const usages = [...seen.values()];
  return {
    wall: performance.now() - started,
    cpu: usages.reduce((sum, { cpu }) => sum + cpu, 0),
    memory: Math.max(0, ...usages.map(({ memory }) => memory)),
  };
}

interface Usage {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

/** CPU milliseconds of the main thread so far, and the largest memory so far in MB; zeros where there is no /proc. */
function usageOf(pid: number): { cpu: number; memory: number } {
  try {
    const cpu = Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { cpu, memory: Number(peak ?? 0) / 1024 };
  } catch {
    return { cpu: 0, memory: 0 };
  }
}

async function repeated(what: string, times: number, once: () => Promise<Usage>): Promise<Row> {
  const usages: Usage[] = [];
  for (let round = 0; round < times; round++) usages.push(await once());
  const walls = usages.map(({ wall }) => wall).sort((a, b) => a - b);
  const largest = (of: (usage: Usage) => number) => Math.round(Math.max(...usages.map(of)));
  const middle = usages.map(({ cpu }) => cpu).sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
  return {
    what,
    best: Math.round(walls[0] ?? 0),
    median: Math.round(walls[Math.floor(times / 2)] ?? 0),
    cpu: Math.round(middle),
    memory: largest(({ memory }) => memory),
  };
}
