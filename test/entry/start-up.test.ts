import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { lazyPackages } from '../../scripts/build/lazy-packages.ts';
import { packed, textsOf } from '../../scripts/build/packed.ts';
import { ENGINE } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('the provider compiles no package at start that only a request needs', async () => {
  const { metafile } = await build({
    entryPoints: [`${root}/src/entry/provider.ts`],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    outdir: root,
    logLevel: 'error',
    plugins: [lazyPackages(new Map())],
  });
  const inputs = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules/'));
  const [lazy, atStart] = [true, false].map((wanted) => [
    ...new Set(inputs.filter((path) => path.startsWith('lazy-package:') === wanted).map(packageOf)),
  ]);
  expect(atStart?.sort()).toEqual(['@bufbuild/protobuf']);
  expect(lazy).toEqual(expect.arrayContaining(['ajv', 'undici', 'proper-lockfile', 'write-file-atomic']));
});

it.each([
  ['an ES module', "import('age-encryption').then(({ Encrypter }) => typeof Encrypter)"],
  ['CommonJS, as a whole', "import('proper-lockfile').then((it) => typeof it.default.lock)"],
  ['CommonJS, by name', "import('ajv/dist/2020.js').then(({ Ajv2020 }) => typeof Ajv2020)"],
])('a package that is compiled when imported is what it always was: %s', async (_what, imported) => {
  const directory = mkdtempSync(join(tmpdir(), 'lazy-package-'));
  try {
    const entry = join(directory, 'entry.mjs');
    writeFileSync(entry, `${imported}.then((it) => console.log(it));`);
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    const program = join(directory, 'program.cjs');
    writeFileSync(program, packed(await textsOf(entry), ''));
    expect(execFileSync(process.execPath, [program], { encoding: 'utf8' })).toBe('function\n');
  } finally {
    rmSync(directory, { recursive: true });
  }
});

describeWithTerraform('npm run bench', () => {
  it('compares the provider with what costs anyway, in a clean environment', async () => {
    const earlier = `${root}/dist/provider/terraform-provider-browserstack`;
    const args = ['scripts/bench.ts', '--json', '--rounds', '1', '--count', '2', '--earlier', earlier];
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', ...args], {
      cwd: root,
      // Each process would complain of this one.
      env: {
        ...process.env,
        TERRAFORM_BINARY_NAME: ENGINE,
        NODE_OPTIONS: '',
        NODE_EXTRA_CA_CERTS: '/not/there',
      },
    });
    const { rows, ...machine } = JSON.parse(stdout);
    expect(machine).toEqual({
      node: process.versions.node,
      engine: expect.stringMatching(/^(Terraform|OpenTofu) v/),
      platform: `${process.platform} ${process.arch}`,
    });
    const number = expect.any(Number);
    const measured = process.platform === 'linux' ? number : null;
    const row = { wall: number, fastest: number, ratio: number, memory: number, cpu: number };
    expect(rows).toMatchObject([
      { measure: 'launch to handshake', subject: 'empty Node', ...row, cpuAbove: 0 },
      { measure: 'launch to handshake', subject: '0.1.0', ...row },
      { measure: 'launch to handshake', subject: 'provider', ...row, cpuOfAll: number, cpuAbove: number },
      { measure: 'plan of one resource', subject: 'terraform_data', cpu: null, cpuOfAll: measured },
      { measure: 'plan of one resource', subject: '0.1.0', ...row },
      { measure: 'plan of one resource', subject: 'provider', ...row, share: measured },
      { measure: 'plan without changes of 2', subject: 'terraform_data' },
      { measure: 'plan without changes of 2', subject: '0.1.0', ...row },
      { measure: 'plan without changes of 2', subject: 'provider', ...row, cpuAbove: measured },
    ]);
  });
});

function packageOf(path: string): string {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;
}
