// Measures what a user waits for: npm run bench [-- --rounds N --count N --json --earlier FILE]
//
// Each table compares subjects that take turns, in an environment without what makes every process slower. Without
// --earlier the provider of 0.1.0 is built from its commit, where that is at hand. BROWSERSTACK_IAC_GO_PEER names the
// executable of a provider in Go to compare with.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildEarlier } from './bench/earlier.ts';
import { tableOf } from './bench/report.ts';
import { startup } from './bench/startup.ts';

const USAGE = 'usage: npm run bench [-- --rounds N --count N --json --earlier FILE|none]';
const root = fileURLToPath(new URL('..', import.meta.url));

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** How often a process is started; plans are made a quarter as often. */
    rounds: { type: 'string', default: '20' },
    /** How many objects the large plan has. */
    count: { type: 'string', default: '1000' },
    earlier: { type: 'string' },
  },
});
const [rounds, count] = [Number(flags.rounds), Number(flags.count)];
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(count) || count < 1)
  throw new Error(`--rounds and --count take whole numbers from 1\n${USAGE}`);

const directory = mkdtempSync(join(tmpdir(), 'bench-0.1.0-'));
try {
  const earlier = flags.earlier ?? buildEarlier(root, join(directory, 'release'));
  const report = await startup({
    rounds,
    count,
    program: process.env.TERRAFORM_BINARY_NAME ?? 'terraform',
    earlier: earlier === 'none' ? undefined : earlier,
    goPeer: process.env.BROWSERSTACK_IAC_GO_PEER,
  });
  process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : tableOf(report));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
