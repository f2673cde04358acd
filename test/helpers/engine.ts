// The engine under test, what it is, and what it can do. Tests ask for a feature by name, so that an engine without it
// skips them and says why.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { it } from 'vitest';
import { REGISTRY_HOSTS } from '../../src/resources/index.ts';

/** `TERRAFORM_BINARY_NAME` if set, else what is on PATH; `undefined` where there is none. */
export const ENGINE = process.env.TERRAFORM_BINARY_NAME ?? firstOnPath('terraform', 'tofu');

export interface EngineVersion {
  readonly name: 'Terraform' | 'OpenTofu';
  readonly major: number;
  readonly minor: number;
}

/** What runs; Terraform 1.11 stands in where nothing does, and then nothing is run. */
export const engine: EngineVersion = (ENGINE !== undefined && versionOf(ENGINE)) || {
  name: 'Terraform',
  major: 1,
  minor: 11,
};

/** The host that this engine puts in front of a source without one. */
export const REGISTRY_HOST = REGISTRY_HOSTS[engine.name === 'OpenTofu' ? 1 : 0];

/** A provider's full address as this engine says it: `browserstack-iac/echo`, or an address of another host. */
export function addressOf(source: string): string {
  return `${REGISTRY_HOST}/${source.split('/').slice(-2).join('/')}`;
}

/** From which minor version of 1.x on each engine has it; `undefined`: not at all. */
export const FEATURES = {
  'provider functions': { Terraform: 8, OpenTofu: 7 },
  'moved across types': { Terraform: 8, OpenTofu: 10 },
  'removed blocks with lifecycle': { Terraform: 7, OpenTofu: 10 },
  'ephemeral resources': { Terraform: 10, OpenTofu: 11 },
  'write-only arguments': { Terraform: 11, OpenTofu: 11 },
  'generated configuration with read-only nested attributes': { Terraform: 8, OpenTofu: 11 },
  'import by identity': { Terraform: 12, OpenTofu: 12 },
  actions: { Terraform: 14, OpenTofu: undefined },
  'list resources': { Terraform: 14, OpenTofu: undefined },
} as const;

export type Feature = keyof typeof FEATURES;

export function has(feature: Feature, { name, minor }: EngineVersion = engine): boolean {
  const since = FEATURES[feature][name];
  return since !== undefined && minor >= since;
}

/** As `it`, skipped where the engine lacks one of the features; the name of the test then says which. */
export function itNeeds(...features: readonly Feature[]) {
  const lacks = features.filter((feature) => !has(feature));
  const version = `${engine.name} ${engine.major}.${engine.minor}`;
  const reason = lacks.length === 0 ? '' : ` (${version} has no ${lacks.join(', no ')})`;
  return (name: string, run: () => Promise<void>): void => it.skipIf(lacks.length > 0)(name + reason, run);
}

/** Where a program on PATH is: a script of its own name that starts it by name would start itself. */
export function absolute(program: string): string {
  if (program.includes('/')) return resolve(program);
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, program))
    .find((file) => existsSync(file));
  return found ?? program;
}

/** What a program says it is; `undefined` when it is no engine. */
export function versionOf(program: string): EngineVersion | undefined {
  const match = /^(Terraform|OpenTofu) v(\d+)\.(\d+)/mu.exec(printedVersion(program) ?? '');
  if (match === null) return undefined;
  const [, name, major, minor] = match;
  return { name: name === 'OpenTofu' ? 'OpenTofu' : 'Terraform', major: Number(major), minor: Number(minor) };
}

function printedVersion(program: string): string | undefined {
  try {
    return execFileSync(program, ['version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' },
    });
  } catch {
    return undefined;
  }
}

function firstOnPath(...programs: readonly string[]): string | undefined {
  return programs.find((program) => printedVersion(program) !== undefined);
}
