import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { Problem } from '../../errors.ts';
import type { JsonObject } from '../canonical.ts';
import { type DocumentKind, KINDS, kindOf, parseDocument } from './document.ts';
import { decodeText } from './text.ts';

/** One JSON configuration file of a stack. */
export interface StackFile {
  readonly path: string;
  readonly json: JsonObject;
}

const STACKS = join('cdktf.out', 'stacks');
const SYNTHESIZED = 'cdk.tf.json';

/**
 * Reads a synthesized stack.
 * @param path A `*.tf.json` file, a directory that holds some, or a project directory with `cdktf.out`; relative to `cwd`.
 *   Without it: the only stack under `cdktf.out/stacks` of `cwd`, else the `*.tf.json` files of `cwd`.
 */
export async function readStack(cwd: string, path?: string): Promise<readonly StackFile[]> {
  const start = resolve(cwd, path ?? '.');
  const files = await locate(start, cwd);
  return Promise.all(files.map((file) => readStackFile(file, cwd)));
}

/** The stack of `cwd` as `readStack` finds it, or nothing when there is none at all. */
export async function tryReadStack(cwd: string): Promise<readonly StackFile[] | undefined> {
  const present = (await configurationIn(cwd)).length > 0 || (await stacksIn(cwd)) !== undefined;
  return present ? readStack(cwd) : undefined;
}

async function locate(start: string, cwd: string): Promise<readonly string[]> {
  const kind = await entryAt(start);
  if (kind === undefined) throw notFound(start, cwd);
  if (kind === 'file') return [start];
  const here = await configurationIn(start);
  if (here.length > 0) return here;
  const stacks = (await stacksIn(start)) ?? [];
  const [only, ...others] = stacks;
  if (only === undefined) throw nothingThere(start, cwd);
  if (others.length > 0) throw several(stacks, cwd);
  return configurationIn(only);
}

/** The `*.tf.json` files of a directory, sorted. */
async function configurationIn(directory: string): Promise<readonly string[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.tf.json')).sort();
  const native = (await readdir(directory)).filter((name) => name.endsWith('.tf'));
  if (native.length > 0)
    throw new Problem({
      code: 'invalid_input',
      summary: `${directory} contains HCL, which only Terraform can read`,
      detail: `${native.join(', ')}: plan this directory with Terraform, or give a synthesized stack (${SYNTHESIZED}). ("adopt" takes --state instead.)`,
    });
  return names.map((name) => join(directory, name));
}

/** Directories of the stacks of a project, of `cdktf.out` or of `cdktf.out/stacks`. */
async function stacksIn(directory: string): Promise<readonly string[] | undefined> {
  for (const candidate of [join(directory, STACKS), join(directory, 'stacks'), directory]) {
    if ((await entryAt(candidate)) !== 'directory') continue;
    const names = (await readdir(candidate)).sort();
    const stacks: string[] = [];
    for (const name of names)
      if ((await entryAt(join(candidate, name, SYNTHESIZED))) === 'file') stacks.push(join(candidate, name));
    if (stacks.length > 0) return stacks;
  }
  return undefined;
}

async function readStackFile(path: string, cwd: string): Promise<StackFile> {
  const shown = relative(cwd, path) || path;
  const json = parseDocument(decodeText(await readFile(path), shown), shown, 'a JSON configuration');
  const kind = kindOf(json);
  if (kind !== 'configuration') throw notAStack(shown, kind);
  return { path: shown, json };
}

async function entryAt(path: string): Promise<'file' | 'directory' | undefined> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'directory' : 'file';
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}

function notFound(path: string, cwd: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `There is no ${relative(cwd, path) || path}`,
    detail: 'Give a synthesized stack: a directory like cdktf.out/stacks/NAME, or a *.tf.json file.',
  });
}

function nothingThere(directory: string, cwd: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'No stack found',
    detail: `There is no ${STACKS}/NAME/${SYNTHESIZED} and no *.tf.json in ${relative(cwd, directory) || 'the current directory'}. Run "cdktf synth" first, or name the directory of the stack.`,
  });
}

function several(stacks: readonly string[], cwd: string): Problem {
  const names = stacks.map((stack) => relative(cwd, stack));
  return new Problem({
    code: 'invalid_input',
    summary: `There are ${stacks.length} stacks; name one`,
    detail: `Found ${names.join(', ')}. Repeat the command with one of them as its argument.`,
  });
}

function notAStack(path: string, kind: DocumentKind): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${path} is not a JSON configuration`,
    detail: `It is ${KINDS[kind]}. Give the stack as "cdktf synth" writes it; what Terraform manages already is given with --state.`,
  });
}
