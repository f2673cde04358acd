// npm run release: everything of one version, up to the push of a button. Nothing is published from here.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { codeCacheOf } from './build/code-cache.ts';
import { checkList } from './release/check-list.ts';
import { writeChecksums } from './release/checksums.ts';
import { prepared, writeExecutable } from './release/executable.ts';

import { nodeBinary } from './release/node-binary.ts';
import { packPublished } from './release/npm-package.ts';
import { nameOf, ownPlatform, PLATFORMS } from './release/platforms.ts';
import { writeProviderPackages } from './release/provider-packages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const say = (line: string) => process.stdout.write(`${line}\n`);

await new Command('npm run release --')
  .description(`Makes the packages of version ${version}. Publishes nothing.`)
  .option('--out <directory>', 'where to', 'release')
  .option('--key <key>', 'sign the checksums with this key of GnuPG; registries refuse them unsigned')
  .option('--draft', 'go on although the check-list is not complete')
  .option('--platform <name...>', `only these, e.g. ${nameOf(ownPlatform())}`)
  .action(release)
  .parseAsync();

interface Options {
  readonly out: string;
  readonly key?: string;
  readonly draft?: true;
  readonly platform?: readonly string[];
}

async function release({ out, key, draft, platform }: Options): Promise<void> {
  const unknown = platform?.filter((name) => !PLATFORMS.some((one) => nameOf(one) === name)) ?? [];
  if (unknown.length > 0)
    return stop(`There is no platform ${unknown.join(', ')}; there are ${PLATFORMS.map(nameOf).join(', ')}.`);
  const failed = checked();
  if (failed > 0 && draft !== true)
    return stop(`${failed} to mend first; --draft makes packages all the same, to try them.`);

  const directory = join(root, out);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  say('\nnpm package');
  npm('run', '--silent', 'build');
  npm('run', '--silent', 'check:generated');
  npm('exec', '--', 'publint', '--strict', packPublished(root, directory));

  say('\nprovider packages');
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'browserstack-iac/node');
  const own = PLATFORMS.find((one) => nameOf(one) === nameOf(ownPlatform()));
  if (own === undefined) return stop(`Releases are made on ${PLATFORMS.map(nameOf).join(', ')}.`);
  const bundle = join(root, 'dist/provider/terraform-provider-browserstack');
  const node = nodeBinary(own, cache);
  const blob = prepared(bundle, node);
  const ownBlob = prepared(bundle, node, await codeCacheOf(bundle, node));
  await writeProviderPackages(directory, {
    version,
    platforms: PLATFORMS.filter((one) => platform === undefined || platform.includes(nameOf(one))),
    writeExecutable: (one, file) =>
      writeExecutable(nodeBinary(one, cache), one === own ? ownBlob : blob, file),
    key,
    progress: (name) => say(`  ${name}`),
  });

  say('\nbill of materials');
  const bill = `browserstack-iac-${version}.cdx.json`;
  npm(
    'exec',
    '--',
    'cyclonedx-npm',
    '--omit',
    'dev',
    '--output-reproducible',
    '--output-file',
    join(directory, bill),
  );
  writeChecksums(directory, readdirSync(directory), 'SHA256SUMS');
  finish(directory, key);
}

/** Prints the check-list. Returns how many points do not hold. */
function checked(): number {
  const checks = checkList(root, version);
  for (const { says, holds, mend } of checks) say(holds ? `✓ ${says}` : `✗ ${says}\n    ${mend}`);
  return checks.filter(({ holds }) => !holds).length;
}

function finish(directory: string, key: string | undefined): void {
  const place = relative(root, directory);
  say(`\n${readdirSync(directory).length} files in ${place}. What is left is for a person:

  1. try them: "terraform init" from ${place} as a mirror, "npx ./${place}/${only(directory, '.tgz')} --help"
  2. git tag -s v${version} && git push origin v${version}
  3. upload ${place}/* to the release of the tag; the registries of Terraform and OpenTofu take it from there
  4. npm publish --provenance ${place}/${only(directory, '.tgz')}${
    key === undefined ? '\n\nNot signed: no registry takes these packages. Run again with --key.' : ''
  }`);
}

function only(directory: string, ending: string): string {
  return existsSync(directory) ? (readdirSync(directory).find((name) => name.endsWith(ending)) ?? '') : '';
}

function npm(...args: readonly string[]): void {
  execFileSync('npm', [...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
}

function stop(reason: string): void {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 1;
}
