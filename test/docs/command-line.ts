// `browserstack-iac` as a program on PATH that runs in the process of the test: with its clock and its network.

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Machine } from '../../src/cli/machine.ts';
import { run } from '../../src/cli/program.ts';
import { absolute, ENGINE } from '../helpers/engine.ts';

const fixture = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** `age` opens what was sealed: a stand-in, because few machines have it. */
const PROGRAMS = {
  'browserstack-iac': fixture('./command-line.fixture.mjs'),
  age: fixture('./age.fixture.mjs'),
};
/** Pages run the program through `npx`, as a reader does who installed nothing. */
const NPX = ['npx', 'env'];
/** Pages say `terraform`; it is the engine under test, whatever it is called. */
const engines = ENGINE === undefined ? {} : { terraform: ENGINE };
const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface CommandLine {
  /** The folder for PATH. */
  readonly bin: string;
  /** What the program needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** What a program on PATH sends, once it has read all of its standard input. */
interface Asked {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly stdin: string;
  /** What the shell exported of the variables that this product reads. */
  readonly env: Readonly<Record<string, string>>;
}

export async function serveCommandLine({
  clock,
  surroundings,
}: Pick<Machine, 'clock' | 'surroundings'>): Promise<CommandLine> {
  const bin = await mkdtemp(join(tmpdir(), 'browserstack-iac-bin-'));
  const ours = Object.entries(PROGRAMS).map(([name, program]) => [
    name,
    `"${process.execPath}" "${program}"`,
  ]);
  const theirs = Object.entries(engines).map(([name, program]) => [name, `"${absolute(program)}"`]);
  for (const [name = '', command] of [...ours, ...theirs, NPX]) {
    await writeFile(join(bin, name), `#!/bin/sh\nexec ${command} "$@"\n`);
    await chmod(join(bin, name), 0o755);
  }
  const server = createServer(async (request, response) => {
    const { argv, cwd, stdin, env }: Asked = JSON.parse(await text(request));
    const printed: (readonly ['stdout' | 'stderr', string])[] = [];
    const code = await run(argv, {
      clock,
      surroundings: { ...surroundings, env: { ...surroundings.env, ...env } },
      cwd,
      stdout: (line) => printed.push(['stdout', line]),
      stderr: (line) => printed.push(['stderr', line]),
      reveal: (line) => printed.push(['stdout', line]),
      stdin: async () => Buffer.from(stdin),
      ask: async () => 'no',
      interactive: false,
      columns: undefined,
      isTTY: { stdout: false, stderr: false },
      signal: new AbortController().signal,
      packageRoot: repository,
    });
    response.end(JSON.stringify({ code, printed }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens on a port, so this is no path of a socket.
  const { port } = server.address() as AddressInfo;
  return {
    bin,
    env: { DOCS_COMMAND_LINE: `http://127.0.0.1:${port}` },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(bin, { recursive: true, force: true });
    },
  };
}
