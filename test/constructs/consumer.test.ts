// The package as its users install it: from a tarball, beside cdktn (the living fork of cdktf) under the name cdktf.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const CDKTN = '0.24.0';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-consumer-'));
  if (!existsSync(join(repository, 'dist/constructs/index.js')))
    throw new Error('the constructs are not built: run "npm run build" first');
  // Scripts would build again, under the feet of the other tests.
  const pack = ['pack', '--ignore-scripts', '--pack-destination', directory];
  await run('npm', pack, { cwd: repository });
  const [tarball] = await readdir(directory);
  const dependencies = {
    'browserstack-iac': `file:./${tarball}`,
    cdktf: `npm:cdktn@${CDKTN}`,
    constructs: '10.6.0',
  };
  await writeFile(join(directory, 'package.json'), JSON.stringify({ type: 'module', dependencies }));
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline'];
  await run('npm', install, { cwd: directory });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function synthesized(cwd: string, program: string, env: Record<string, string> = {}) {
  await run(process.execPath, [...(program.endsWith('.ts') ? ['--import', 'tsx'] : []), program], {
    cwd,
    env: { ...process.env, CDKTF_OUTDIR: join(directory, 'out'), ...env },
  });
}

it('synthesizes the quickstart as with cdktf, the provider included', async () => {
  // Types go first: this Node runs no TypeScript of its own, and the consumer has no loader for it.
  const source = await readFile(join(repository, 'examples/quickstart/main.ts'), 'utf8');
  await writeFile(join(directory, 'main.mjs'), source);
  const beside = join(directory, 'with-cdktf');
  await synthesized(directory, 'main.mjs');
  await synthesized(repository, 'examples/quickstart/main.ts', { CDKTF_OUTDIR: beside });
  const stack = 'stacks/quickstart/cdk.tf.json';
  const [ours, reference] = [join(directory, 'out', stack), join(beside, stack)].map(async (path) =>
    JSON.parse(await readFile(path, 'utf8')),
  );
  const { '//': meta, terraform, ...rest } = await ours;
  expect(meta.metadata.version).toBe(CDKTN);
  const { '//': referenceMeta, terraform: referenceTerraform, ...expected } = await reference;
  expect(referenceMeta.metadata.version).toBe('0.21.0');
  expect(rest).toEqual(expected);
  expect(terraform.required_providers).toEqual(referenceTerraform.required_providers);
  const linked =
    'out/stacks/quickstart/terraform.d/plugins/registry.terraform.io/browserstack-iac/browserstack';
  const [version = ''] = await readdir(join(directory, linked));
  expect(await readdir(join(directory, linked, version, 'linux_amd64'))).toContain(
    `terraform-provider-browserstack_v${version}`,
  );
});

it('type-checks against cdktn, libraries included', async () => {
  const stories = ['quickstart', 'key-rotation', 'rotating-credential'];
  const files = stories.map((story) => `${story}.ts`);
  for (const story of stories)
    await cp(join(repository, 'examples', story, 'main.ts'), join(directory, `${story}.ts`));
  const compilerOptions = {
    module: 'NodeNext',
    target: 'ES2022',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [join(repository, 'node_modules/@types')],
  };
  await writeFile(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  await expect(run(process.execPath, [tsc, '-p', directory], { cwd: directory })).resolves.toMatchObject({
    stdout: '',
  });
});

it('says which package a null resource needs, where it is not installed', async () => {
  await writeFile(
    join(directory, 'after-rotation.cjs'),
    `const { App, TerraformStack } = require('cdktf');
     const { HookRunner, KeyRotation, Organization, ServiceAccount } = require('browserstack-iac');
     const acme = new Organization(new TerraformStack(new App(), 'stack'), 'acme', { name: 'Acme Inc.' });
     const ci = new ServiceAccount(acme, 'ci', { identifier: 'acme-ci' });
     new KeyRotation(ci, 'key', { afterRotation: { command: 'true', runner: HookRunner.NULL_RESOURCE } });`,
  );
  await expect(synthesized(directory, 'after-rotation.cjs')).rejects.toThrow(
    'HookRunner.NULL_RESOURCE needs the bindings of the null provider: npm install @cdktf/provider-null',
  );
});
