import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { lazyPackages } from '../../src/entry/build/lazy-packages.ts';
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
    plugins: [lazyPackages],
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
  const { outputFiles } = await build({
    stdin: { contents: `${imported}.then((it) => console.log(it));`, resolveDir: root },
    bundle: true,
    write: false,
    minify: true,
    platform: 'node',
    format: 'cjs',
    plugins: [lazyPackages],
  });
  const input = outputFiles[0]?.text ?? '';
  expect(execFileSync(process.execPath, ['-'], { input, encoding: 'utf8' })).toBe('function\n');
});

describeWithTerraform('npm run bench -- startup', () => {
  it('compares the provider, bundled and not, with what costs anyway', async () => {
    const args = [
      '--import',
      'tsx',
      'src/entry/bench.ts',
      'startup',
      '--json',
      '--rounds',
      '1',
      '--count',
      '2',
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: root,
      env: { ...process.env, TERRAFORM_BINARY_NAME: ENGINE },
    });
    const { rows, ...machine } = JSON.parse(stdout);
    expect(machine).toEqual({
      node: process.versions.node,
      engine: expect.stringMatching(/^(Terraform|OpenTofu) v/),
      platform: `${process.platform} ${process.arch}`,
    });
    expect(rows.map(({ measure, subject }: Record<string, string>) => `${measure}: ${subject}`)).toEqual([
      'start to handshake: empty Node process',
      'start to handshake: unbundled',
      'start to handshake: bundled',
      'plan of one resource: terraform_data',
      'plan of one resource: unbundled',
      'plan of one resource: bundled',
      'plan without changes of 2: terraform_data',
      'plan without changes of 2: unbundled',
      'plan without changes of 2: bundled',
    ]);
    const number = expect.any(Number);
    expect(rows[5]).toEqual({
      measure: 'plan of one resource',
      subject: 'bundled',
      median: number,
      fastest: number,
      above: number,
      ratio: number,
      memory: number,
      cpu: number,
      share: process.platform === 'linux' ? number : null,
    });
  });
});

function packageOf(path: string): string {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;
}
