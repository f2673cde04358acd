// Passes a command line to the process of the test and prints what it answers; see command-line.ts.

import { fstatSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const piped = fstatSync(0).isFIFO() || fstatSync(0).isFile();
const answer = await fetch(process.env.DOCS_COMMAND_LINE ?? '', {
  method: 'POST',
  body: JSON.stringify({
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('BROWSERSTACK_'))),
    stdin: piped ? await text(process.stdin) : '',
  }),
});
const { code, printed } = await answer.json();
for (const [stream, line] of printed) process[stream].write(line);
process.exitCode = code;
