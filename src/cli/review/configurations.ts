// Configurations as files: what CDKTF synthesizes, Terraform's JSON syntax, and HCL where a parser of it is installed.

import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import { decodeText } from '../../reconcile/input/text.ts';
import { isObject, type JsonObject } from '../../review/plan/json.ts';
import { labelledOnce } from '../../review/static/blocks.ts';
import { unusable } from '../files.ts';
import type { Machine } from '../machine.ts';

/** A configuration that is not there yet, or no more. */
const NONE = 'none';
/** HCL's own parser, as WebAssembly: of CDKTF's living fork, or of CDKTF. Not everybody needs it, so it is no dependency. */
const PARSERS = ['@cdktn/hcl2json', '@cdktf/hcl2json'];

export interface ReadConfiguration {
  /** Of the root module. */
  readonly files: readonly JsonObject[];
  /** Of the modules that it calls by a path, and that those call. */
  readonly modules: readonly JsonObject[];
}

/** A `*.tf.json` file, a directory that holds some (or `*.tf`) with the modules of the same repository, or `none`. */
export async function readConfiguration(machine: Machine, path: string): Promise<ReadConfiguration> {
  if (path === NONE) return { files: [], modules: [] };
  const start = resolve(machine.cwd, path);
  const found = await stat(start).catch((cause) => {
    throw unusable(`${path} cannot be read`, cause);
  });
  const directory = found.isFile() ? dirname(start) : start;
  const files = found.isFile() ? [await readOne(start, path)] : await readDirectory(start, path);
  if (files.length === 0)
    throw new Problem({
      code: 'invalid_input',
      summary: `${path} holds no configuration`,
      detail:
        'Give a cdk.tf.json, or a directory with *.tf.json or *.tf files; "none" is a configuration that is not there yet.',
    });
  return { files, modules: await localModules(files, directory, new Set([directory])) };
}

async function localModules(
  files: readonly JsonObject[],
  directory: string,
  seen: Set<string>,
): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for (const { body } of labelledOnce(files, 'module')) {
    const { source } = body;
    if (typeof source !== 'string' || !/^\.\.?\//u.test(source)) continue;
    const inside = resolve(directory, source);
    if (seen.has(inside)) continue;
    seen.add(inside);
    const these = await readDirectory(inside, source);
    found.push(...these, ...(await localModules(these, inside, seen)));
  }
  return found;
}

async function readDirectory(directory: string, shown: string): Promise<readonly JsonObject[]> {
  const names = await readdir(directory).catch((cause) => {
    throw unusable(`${shown} cannot be read`, cause);
  });
  const configuration = names.filter((name) => /\.tf(?:\.json)?$/u.test(name)).sort();
  return Promise.all(configuration.map((name) => readOne(join(directory, name), join(shown, name))));
}

async function readOne(file: string, shown: string): Promise<JsonObject> {
  const text = decodeText(await readFile(file), shown);
  if (file.endsWith('.tf')) return parsedHcl(text, shown);
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return json;
  } catch {
    // What the parser says repeats a part of the text, and the text may hold keys.
  }
  throw notReadable(shown, 'It is not JSON.');
}

type Parse = (name: string, text: string) => Promise<unknown>;

async function parsedHcl(text: string, shown: string): Promise<JsonObject> {
  const parse = await parserOfHcl(shown);
  const json = await parse('main.tf', text).catch(() => undefined);
  if (isObject(json)) return json;
  throw notReadable(shown, `It is not HCL, or not all of it is there: try ${engineCommand('validate')}.`);
}

async function parserOfHcl(shown: string): Promise<Parse> {
  for (const name of PARSERS) {
    try {
      const module: { readonly parse?: Parse; readonly default?: { readonly parse?: Parse } } = await import(
        name
      );
      const parse = module.parse ?? module.default?.parse;
      if (parse !== undefined) return parse;
    } catch {
      // The next one, or the error below.
    }
  }
  throw new Problem({
    code: 'invalid_input',
    summary: `${shown} is HCL, and there is no parser of it here`,
    detail: `Install one beside browserstack-iac: npm install ${PARSERS[0]}`,
  });
}

function notReadable(file: string, detail: string): Problem {
  return new Problem({ code: 'invalid_input', summary: `${file} cannot be read as a configuration`, detail });
}
