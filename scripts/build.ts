// npm run build: builds everything that is published: the library and CLI (ESM), the constructs (CommonJS, for cdktf and
// for cdktn), the provider as one file in the directory layout that Terraform and OpenTofu accept as a mirror, the demo.

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROVIDER_SOURCE, REGISTRY_HOSTS } from '../src/resources/index.ts';
import { codeCacheOf, writeCodeCache } from './build/code-cache.ts';
import { buildConstructs } from './build/constructs.ts';
import { buildDemo } from './build/demo.ts';
import { answersDeclaredIn, narrowPackages } from './build/narrow-packages.ts';
import { packed, textsOf } from './build/packed.ts';
import { wrapper } from './build/wrapper.ts';
import { nameOf, ownPlatform } from './release/platforms.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Built beside and swapped in at the end: a build that fails leaves the last one in place. */
const dist = join(root, 'dist.next');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** A script needs no compiling per platform; Windows would need an executable, which a script is not. */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];
/** An engine looks below the host of its own registry only, and follows no link there. */
const MIRRORS = REGISTRY_HOSTS.map((host) => join(dist, 'provider-mirror', host, PROVIDER_SOURCE, version));

rmSync(dist, { recursive: true, force: true });
compile('tsconfig.build.json', 'src');
chmodSync(join(dist, 'src/entry/cli.js'), 0o755);
buildConstructs(root, dist);
await bundleProvider();
rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(dist, join(root, 'dist'));
await buildDemo(root);
linkOwnCommand();

/** npm links the commands of dependencies only: in a clone, "npx browserstack-iac" should find our own too. */
function linkOwnCommand(): void {
  const commands = join(root, 'node_modules/.bin');
  if (!existsSync(commands)) return;
  const link = join(commands, 'browserstack-iac');
  rmSync(link, { force: true });
  symlinkSync('../../dist/src/entry/cli.js', link);
}

function compile(project: string, directory: string): void {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(root, project), '--outDir', join(dist, directory)], {
    stdio: 'inherit',
  });
}

/** The modules of the nouns that talk to the API. */
function filesWithAnswers(): readonly string[] {
  const nouns = join(root, 'src/resources');
  return readdirSync(nouns, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?:wire|api)\.ts$/u.test(name))
    .map((name) => join(nouns, name));
}

async function bundleProvider(): Promise<void> {
  const bundle = join(dist, 'provider/terraform-provider-browserstack');
  const texts = await textsOf(join(root, 'src/entry/provider.ts'), [
    narrowPackages(await answersDeclaredIn(filesWithAnswers())),
  ]);
  mkdirSync(join(dist, 'provider'));
  writeFileSync(bundle, packed(texts, wrapper), { mode: 0o755 });
  writeFileSync(join(dist, 'provider/package.json'), '{ "type": "commonjs" }\n');
  const cache = await codeCacheOf(bundle);
  writeCodeCache(cache, join(dist, 'provider'));
  const own = nameOf(ownPlatform());
  for (const directory of MIRRORS.flatMap((mirror) => PLATFORMS.map((platform) => join(mirror, platform)))) {
    mkdirSync(directory, { recursive: true });
    copyFileSync(bundle, join(directory, `terraform-provider-browserstack_v${version}`));
    // Node reads the extension of "…_v0.1.0" as ".0"; only a package.json beside it says what it is.
    copyFileSync(join(dist, 'provider/package.json'), join(directory, 'package.json'));
    if (directory.endsWith(own)) writeCodeCache(cache, directory);
  }
}
