// Where a new key goes besides BrowserStack: a file, an environment file, a command's standard input. Tried out before
// the rotation, so that a full disk or a wrong path costs no key; a hand-over that fails after it loses none either,
// because the list still shows the key.

import { spawn } from 'node:child_process';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Problem } from '../errors.ts';
import { forShell } from '../resources/for-shell.ts';
import type { Secret } from '../secret.ts';
import { type ValuesOf, value } from './command.ts';
import type { Machine } from './machine.ts';
import { quoted } from './render/palette.ts';

export const handOverOptions = {
  keyFile: value('--key-file <file>', 'write the new key, and nothing else, to this file (mode 0600)'),
  // Not --env-file: Node takes that for an option of its own, also behind the script.
  dotenv: value(
    '--dotenv <file>',
    'set BROWSERSTACK_USERNAME and BROWSERSTACK_ACCESS_KEY in this file (mode 0600); other lines stay',
  ),
  pipeTo: value(
    '--pipe-to <command>',
    'give the new key to the standard input of this shell command; whose it is stands in ROTATED_IDENTIFIER and ROTATED_USERNAME',
  ),
};

export interface Credential {
  readonly identifier: string;
  readonly username: string;
  /** What names the account, and no other, on a command line. */
  readonly name: string;
  readonly accessKey: Secret;
}

export interface HandOver {
  /** As it is told to people: `file "/run/key"`. */
  readonly to: string;
  /** Proves as far as possible that it will work, and changes nothing. @throws */
  rehearse(): Promise<void>;
  carryOut(credential: Credential): Promise<void>;
}

export function handOversOf(
  options: Partial<ValuesOf<typeof handOverOptions>>,
  machine: Machine,
): readonly HandOver[] {
  const { keyFile, dotenv, pipeTo } = options;
  return [
    ...(keyFile === undefined ? [] : [intoFile(resolve(machine.cwd, keyFile), keyFile, bareKey)]),
    ...(dotenv === undefined ? [] : [intoFile(resolve(machine.cwd, dotenv), dotenv, inEnvironment)]),
    ...(pipeTo === undefined ? [] : [toCommand(pipeTo, machine)]),
  ];
}

/** Tries all of them before anything is rotated. Returns what is wrong with each. */
export async function rehearseAll(handOvers: readonly HandOver[]): Promise<readonly Problem[]> {
  const tried = await Promise.allSettled(handOvers.map((handOver) => handOver.rehearse()));
  return tried.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [];
    const summary = `The new key could not be handed to ${handOvers[index]?.to}`;
    return [failed(summary, result.reason, 'Nothing was rotated.', 'invalid_input')];
  });
}

/** Hands the key to everybody, also when some of them fail: each failure is a problem that says where the key is. */
export async function carryOutAll(
  handOvers: readonly HandOver[],
  credential: Credential,
): Promise<{ readonly handedTo: readonly string[]; readonly problems: readonly Problem[] }> {
  const handedTo: string[] = [];
  const problems: Problem[] = [];
  for (const handOver of handOvers)
    try {
      await handOver.carryOut(credential);
      handedTo.push(handOver.to);
    } catch (error) {
      problems.push(
        failed(
          `The new key was not handed to ${handOver.to}`,
          error,
          `The key of ${credential.username} is the new one all the same; take it with: browserstack-iac keys ${forShell(credential.name)} --reveal`,
          'unclear_outcome',
        ),
      );
    }
  return { handedTo, problems };
}

type Content = (credential: Credential, before: string) => string;

const bareKey: Content = ({ accessKey }) => accessKey.reveal();

/** Both variables, in place of the lines that set them before, with or without `export`. */
const inEnvironment: Content = ({ username, accessKey }, before) => {
  let text = before;
  for (const [name, secret] of [
    ['BROWSERSTACK_USERNAME', username],
    ['BROWSERSTACK_ACCESS_KEY', accessKey.reveal()],
  ] as const) {
    const line = new RegExp(`^([ \\t]*(?:export[ \\t]+)?)${name}=.*$`, 'mu');
    const set = `${name}=${forShell(secret)}`;
    if (line.test(text)) text = text.replace(line, (_, lead: string) => `${lead}${set}`);
    else text = `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${set}\n`;
  }
  return text;
};

function intoFile(file: string, name: string, content: Content): HandOver {
  return {
    to: `file ${quoted(name)}`,
    async rehearse() {
      await textOf(file);
      const beside = `${file}.${process.pid}.tmp`;
      await writeFile(beside, '', { mode: 0o600, flag: 'wx' });
      await rm(beside);
    },
    async carryOut(credential) {
      await writeFileAtomic(file, content(credential, await textOf(file)), { mode: 0o600 });
    },
  };
}

/** What stands in the file; nothing when there is none. */
async function textOf(file: string): Promise<string> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return '';
  if (!found.isFile()) throw new Error('It is not a file.');
  return readFile(file, 'utf8');
}

function toCommand(command: string, { cwd, surroundings: { env }, stderr }: Machine): HandOver {
  return {
    to: `command ${quoted(command)}`,
    async rehearse() {
      // Only running it would tell.
    },
    carryOut: ({ identifier, username, accessKey }) =>
      new Promise((done, reject) => {
        const whose = { ROTATED_IDENTIFIER: identifier, ROTATED_USERNAME: username };
        const child = spawn(command, { shell: true, cwd, env: { ...env, ...whose }, stdio: 'pipe' });
        // Whatever it prints, standard output stays ours; and should it print the key, standard error masks it.
        const said = { text: '' };
        for (const stream of [child.stdout, child.stderr])
          stream.setEncoding('utf8').on('data', (chunk: string) => {
            said.text += chunk;
          });
        child.once('error', reject);
        // A command that ends without reading says so by its exit code.
        child.stdin.once('error', () => undefined);
        child.stdin.end(accessKey.reveal());
        child.once('close', (code, signal) => {
          if (said.text !== '') stderr(said.text);
          if (code === 0) done();
          else
            reject(
              new Error(signal === null ? `It ended with exit code ${code}.` : `It was ended by ${signal}.`),
            );
        });
      }),
  };
}

function failed(summary: string, reason: unknown, then: string, code: Problem['code']): Problem {
  const why = reason instanceof Error ? reason.message : String(reason);
  return new Problem({ code, summary, detail: `${why} ${then}`, cause: reason });
}
