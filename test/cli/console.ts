import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Agent } from 'undici';
import type { ExitCode, Machine } from '../../src/cli/machine.ts';
import { run } from '../../src/cli/program.ts';
import {
  createLocalBrowserStack,
  type LocalBrowserStack,
  type LocalBrowserStackOptions,
} from '../../src/emulator/local-browserstack.ts';
import type { Surroundings } from '../../src/resources/index.ts';
import { SkippingClock } from '../helpers/skipping-clock.ts';
import { Traffic } from '../helpers/traffic.ts';

export interface Ended {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Console {
  readonly local: LocalBrowserStack;
  readonly url: string;
  /** The project directory the commands run in. */
  readonly cwd: string;
  readonly clock: SkippingClock;
  readonly surroundings: Surroundings;
  run(...argv: string[]): Promise<Ended>;
  /** The same, with some of the machine changed. */
  runWith(changes: Partial<Machine>, ...argv: string[]): Promise<Ended>;
  /** Writes a file of the project. */
  write(path: string, content: unknown): Promise<void>;
  /** Writes the one synthesized stack of the project. */
  synth(resource: object, rest?: object): Promise<void>;
  /** `GET /user/service-accounts 200`, since the last look. */
  requests(): readonly string[];
  /** Tells of each request as it is sent. */
  onRequest(look: (request: string) => void): void;
  close(): Promise<void>;
}

/** A fast budget, so that nobody waits where waiting is not the point. */
const FAST = { BROWSERSTACK_REQUEST_BURST: '1000' };

/** The command line in this process, against a local BrowserStack on a real socket. */
export async function openConsole(
  options: LocalBrowserStackOptions = {},
  env: object = FAST,
): Promise<Console> {
  const clock = new SkippingClock();
  const local = await createLocalBrowserStack({ clock, rateLimit: 'off', ...options });
  const { url } = await local.listen();
  const traffic = new Traffic();
  let watch: (request: string) => void = () => {};
  const agent = new Agent().compose(traffic.interceptor).compose((dispatch) => (options, handler) => {
    watch(`${options.method} ${options.path.split('?')[0]}`);
    return dispatch(options, handler);
  });
  clock.atRest = () => traffic.atRest();
  const cwd = await mkdtemp(join(tmpdir(), 'browserstack-iac-cli-'));
  const surroundings: Surroundings = {
    env: {
      BROWSERSTACK_API_URL: url,
      BROWSERSTACK_USERNAME: 'owner_local',
      BROWSERSTACK_ACCESS_KEY: 'owner-local-key-0001',
      ...env,
    },
    dispatcher: async () => agent,
    random: () => 0,
    version: '0.1.0',
  };
  const runWith = async (changes: Partial<Machine>, ...argv: string[]): Promise<Ended> => {
    let stdout = '';
    let stderr = '';
    const machine: Machine = {
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
      reveal: (text) => {
        stdout += text;
      },
      stdin: async () => new Uint8Array(),
      ask: async () => 'no',
      interactive: false,
      columns: undefined,
      isTTY: { stdout: false, stderr: false },
      cwd,
      clock,
      surroundings,
      signal: new AbortController().signal,
      packageRoot: cwd,
      ...changes,
    };
    const code = await run(argv, machine);
    return { code, stdout, stderr };
  };
  const write = async (path: string, content: unknown) => {
    const file = join(cwd, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  };
  return {
    local,
    url,
    cwd,
    clock,
    surroundings,
    run: (...argv) => runWith({}, ...argv),
    runWith,
    write,
    synth: (resource, rest = {}) => write('cdktf.out/stacks/acme/cdk.tf.json', { resource, ...rest }),
    onRequest: (look) => {
      watch = look;
    },
    requests: () => {
      const lines = local
        .requests()
        .map(({ method, path, status }) => `${method} ${path.split('?')[0]} ${status}`);
      local.clearRequests();
      return lines;
    },
    close: async () => {
      await agent.close();
      await local.close();
      await rm(cwd, { recursive: true, force: true });
    },
  };
}
