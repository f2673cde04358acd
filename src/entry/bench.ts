// Measures what a user waits for: npm run bench -- startup [--rounds N] [--count N] [--json]

import { parseArgs } from 'node:util';
import { tableOf } from './bench/report.ts';
import { startup } from './bench/startup.ts';

const USAGE = 'usage: npm run bench -- startup [--rounds N] [--count N] [--json]';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    /** How often a process is started; plans are made a quarter as often. */
    rounds: { type: 'string', default: '20' },
    /** How many objects the large plan has. */
    count: { type: 'string', default: '1000' },
  },
});
const [rounds, count] = [Number(flags.rounds), Number(flags.count)];
if (positionals.join(' ') !== 'startup') throw new Error(USAGE);
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(count) || count < 1)
  throw new Error(`--rounds and --count take whole numbers from 1\n${USAGE}`);

const report = await startup({ rounds, count, program: process.env.TERRAFORM_BINARY_NAME ?? 'terraform' });
process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : tableOf(report));
