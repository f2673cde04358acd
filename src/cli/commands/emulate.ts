import { resolve } from 'node:path';
import {
  type Behaviour,
  behaviourCatalogue,
  choicesOf,
  type Mode,
  parseBehaviour,
} from '../../emulator/behaviours/index.ts';
import { parseFaults } from '../../emulator/faults/faults.ts';
import type { RateLimit } from '../../emulator/http/rate-limit.ts';
import type { LocalBrowserStack, LocalBrowserStackOptions } from '../../emulator/local-browserstack.ts';
import { defaultSeed, parseSeed } from '../../emulator/storage/seed.ts';
import { Problem, problemsOf, throwProblems } from '../../errors.ts';
import { wholeNumber } from '../access.ts';
import { defineCommand, flag, type ValuesOf, value, values } from '../command.ts';
import { readText } from '../files.ts';
import type { Machine } from '../machine.ts';
import { envelope, jsonLine } from '../render/envelope.ts';
import { quoted } from '../render/palette.ts';

const options = {
  port: value('--port <n>', 'port to listen on (default: any free one)', portNumber),
  seed: value('--seed <file>', 'organization, users, teams and accounts to start with (JSON)'),
  rateLimit: value('--rate-limit <limit>', 'real, off, or how many times faster than real', rateLimit),
  behaviour: values('--behaviour <name=value>', 'turns one guess about the API; repeatable'),
  listBehaviours: flag('--list-behaviours', 'print every guess with its choices and reason, and end'),
  strict: flag('--strict', 'serve only what the newest official pages show'),
  data: value('--data <file>', 'keep the organization in this file; what is in it wins over the seed'),
  faults: value('--faults <file>', 'faults to inject from the start (JSON)'),
  log: flag('--log', 'print one line per request to standard error'),
  json: flag('--json', 'print {"url":"…"} as the first line and nothing else'),
};

export const emulate = defineCommand({
  name: 'emulate',
  summary: 'run a local BrowserStack: the account API without an Enterprise account',
  details: 'Listens on 127.0.0.1 until it is told to end (Ctrl-C).',
  options,
  examples: [
    'browserstack-iac emulate',
    'browserstack-iac emulate --port 4711 --seed acme.json --rate-limit off',
    'browserstack-iac emulate --behaviour throttled-answer=retry-after --json',
  ],
  async run({ options: given }, machine) {
    if (given.listBehaviours) {
      machine.stdout(
        given.json ? jsonLine(envelope({ behaviours: behaviourCatalogue })) : behavioursAsText(),
      );
      return 0;
    }
    const settings = await settingsFrom(given, machine);
    // Loads a web server, which no other command needs.
    const { createLocalBrowserStack } = await import('../../emulator/local-browserstack.ts');
    const local = await createLocalBrowserStack(settings);
    try {
      const { url } = await local.listen({ port: given.port ?? 0 });
      machine.stdout(
        given.json
          ? jsonLine(envelope({ url }))
          : welcome(url, given.data ?? given.seed, local, settings.rateLimit),
      );
      await ended(machine.signal);
    } finally {
      await local.close();
    }
    return 0;
  },
});

/** Everything that is wrong with the options and their files, at once. */
async function settingsFrom(
  { seed, rateLimit: limit, behaviour, strict, data, faults, log }: ValuesOf<typeof options>,
  machine: Machine,
): Promise<LocalBrowserStackOptions> {
  const problems: Problem[] = [];
  const attempt = async <T>(path: string, read: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (thrown) {
      problems.push(...problemsOf(thrown).map((problem) => problem.at([path])));
      return undefined;
    }
  };
  const chosen = await Promise.all(
    behaviour.map((text) => attempt('--behaviour', () => parseBehaviour(text))),
  );
  const organization = await attempt(seed ?? '', async () =>
    seed === undefined ? defaultSeed : parseSeed(await readText(machine, seed)),
  );
  const rules = await attempt(faults ?? '', async () =>
    faults === undefined ? [] : parseFaults(await readText(machine, faults)),
  );
  throwProblems(problems);
  const mode: Mode = strict ? 'strict' : 'lenient';
  return {
    seed: organization ?? defaultSeed,
    clock: machine.clock,
    mode,
    behaviours: Object.assign({}, ...chosen),
    faults: rules ?? [],
    ...(limit === undefined ? {} : { rateLimit: limit }),
    ...(data === undefined ? {} : { dataFile: resolve(machine.cwd, data) }),
    onError: (report: string) => machine.stderr(`${report}\n`),
    ...(log ? { log: (line: string) => machine.stderr(`${line}\n`) } : {}),
  };
}

/** A TCP port; 0 is any free one. */
function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port <= 65_535) return port;
  throw new Problem({
    code: 'invalid_input',
    summary: 'Not a port',
    detail: `Must be 0 (any free one) to 65535, is ${text}.`,
  });
}

function rateLimit(text: string): RateLimit {
  if (text === 'real' || text === 'off') return text;
  if (/^\d{1,6}(\.\d{1,3})?$/u.test(text) && Number(text) > 0) return Number(text);
  throw new Problem({
    code: 'invalid_input',
    summary: 'Not a rate limit',
    detail: `Must be "real", "off", or how many times faster than real, e.g. 100; is "${text}".`,
  });
}

function welcome(
  url: string,
  file: string | undefined,
  local: LocalBrowserStack,
  limit: RateLimit = 'real',
): string {
  // Who has not accepted an invitation has no user name yet.
  const users = local.users().filter(({ username }) => username !== '');
  const admin = users.find(({ role }) => role === 'owner') ?? users.find(({ role }) => role === 'admin');
  // Keys of the built-in seed are published anyway; those of a file may be real ones.
  const published = defaultSeed.users?.map(({ access_key }) => access_key) ?? [];
  const key = (accessKey: string) => (published.includes(accessKey) ? accessKey : `(see ${file})`);
  const rows = users.map(({ username, role, team, accessKey }) => {
    const rank = team !== null && role === 'admin' ? `admin of ${quoted(team)}` : role;
    return `  ${username.padEnd(18)} ${rank.padEnd(18)} ${key(accessKey)}`;
  });
  const speed = typeof limit === 'number' ? `${limit} times faster than real` : limit;
  return `Local BrowserStack: ${url}

Organization ${quoted(local.organization().name)}, ${counted(local.teams().length, 'team')}, ${counted(local.accounts().length, 'service account')}; rate limit ${speed}.

${rows.join('\n')}

Point Terraform, CDKTF or this tool at it:

  export BROWSERSTACK_API_URL=${url}
  export BROWSERSTACK_USERNAME=${admin?.username ?? 'NAME'}
  export BROWSERSTACK_ACCESS_KEY=${admin === undefined ? 'KEY' : key(admin.accessKey)}

Ctrl-C ends it.
`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function behavioursAsText(): string {
  const entries: readonly Behaviour[] = behaviourCatalogue;
  return entries
    .map((behaviour) => {
      const { name, question, reason, certainty, source } = behaviour;
      return `${name}=${behaviour.default}  (${choicesOf(behaviour)})\n  ${question}\n  ${reason} [${certainty}: ${source}]\n`;
    })
    .join('\n');
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
