import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { OLDEST_NODE, tooOld } from '../../src/entry/node-version.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist/src/entry/cli.js');
const provider = join(root, 'dist/provider/terraform-provider-browserstack');
const directory = mkdtempSync(join(tmpdir(), 'old-node-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a program to its end, however it ends. */
async function ended(file: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  try {
    const { stdout, stderr } = await promisify(execFile)(file, args, { env });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

/** Makes this Node say that it is another one. */
function pretending(version: string): NodeJS.ProcessEnv {
  const file = join(directory, `pretend-${version}.cjs`);
  writeFileSync(file, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
  return { PATH: process.env.PATH, NODE_OPTIONS: `--require=${file}` };
}

test('versions are compared by their numbers', () => {
  for (const old of ['18.20.8', '20.18.0', '20.9.9', '9.0.0']) expect(tooOld(old)).toContain(old);
  for (const fine of ['20.18.1', '20.20.2', '22.0.0', '100.0.0', '24.1.0-nightly'])
    expect(tooOld(fine)).toBe(undefined);
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(engines.node).toBe(`>=${OLDEST_NODE}`);
});

test('the command line ends at once on an old Node, with one sentence', async () => {
  const { code, stdout, stderr } = await ended(process.execPath, [cli, '--version'], pretending('18.20.8'));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(`${tooOld('18.20.8')}\n`);
});

test('the provider ends at once on an old Node, with one sentence where the engine shows it', async () => {
  const { code, stdout, stderr } = await ended(provider, [], pretending('18.20.8'));
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toBe(`${tooOld('18.20.8')}\n`);
});

test('without a Node on PATH the provider says what is missing', async () => {
  const { code, stdout, stderr } = await ended(provider, [], { PATH: directory });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toMatch(/^browserstack-iac needs Node .* and there is no node on PATH: [^\n|]+\n$/u);
});

test('the process that the engine started is Node itself, and root certificates wait until they are needed', async () => {
  const file = join(directory, 'tell.cjs');
  writeFileSync(
    file,
    `require('fs').writeSync(1, JSON.stringify([process.pid, process.env.NODE_EXTRA_CA_CERTS ?? null, process.env.BROWSERSTACK_IAC_EXTRA_CA_CERTS ?? null]) + '\\n'); process.exit(0);`,
  );
  const env = {
    PATH: process.env.PATH,
    NODE_OPTIONS: `--require=${file}`,
    NODE_EXTRA_CA_CERTS: '/a b/roots.pem',
  };
  const child = promisify(execFile)(provider, [], { env });
  const { pid } = child.child;
  expect(JSON.parse((await child).stdout)).toEqual([pid, null, '/a b/roots.pem']);
  const { NODE_EXTRA_CA_CERTS: _, ...without } = env;
  const other = promisify(execFile)(provider, [], { env: without });
  expect(JSON.parse((await other).stdout)).toEqual([other.child.pid, null, null]);
});
