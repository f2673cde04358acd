// A release as a stranger installs it: from a registry and from a network mirror, on a machine that has the engine and
// no Node. The registry is on this machine; everything else is real.

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeCacheOf } from '../../scripts/build/code-cache.ts';
import { prepared, writeExecutable } from '../../scripts/release/executable.ts';
import { nameOf, ownPlatform, PLATFORMS, type Platform } from '../../scripts/release/platforms.ts';
import { writeProviderPackages } from '../../scripts/release/provider-packages.ts';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/entry/emulator.ts';
import { absolute, ENGINE } from '../helpers/engine.ts';
import { describeWithTerraform, type Finished, run } from '../helpers/terraform.ts';
import { openRegistry, type Registry } from './registry.ts';

const bundle = fileURLToPath(new URL('../../dist/provider/terraform-provider-browserstack', import.meta.url));
const OWNER = { username: 'owner_1', access_key: 'OwnerCanaryKey000001', role: 'owner' } as const;
const isOwn = (platform: Platform) => nameOf(platform) === nameOf(ownPlatform());

describeWithTerraform('a release', () => {
  let home: string;
  let registry: Registry;
  let local: LocalBrowserStack;
  let env: Readonly<Record<string, string>>;
  /** The directory of each version's files. */
  const releases = new Map<string, string>();

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'browserstack-iac-release-'));
    const key = newKey(join(home, 'keyring'));
    const executable = join(home, 'executable');
    const cache = await codeCacheOf(bundle);
    await writeExecutable(process.execPath, prepared(bundle, process.execPath, cache), executable);
    for (const version of ['9.1.0', '9.2.0']) {
      releases.set(version, join(home, version));
      await writeProviderPackages(join(home, version), {
        version,
        platforms: PLATFORMS,
        // What other platforms would start is not started here; that their packages are listed and hashed is.
        writeExecutable: async (platform, file) =>
          isOwn(platform) ? cpSync(executable, file) : writeFileSync(file, nameOf(platform)),
        key: key.id,
        progress: () => undefined,
      });
    }
    registry = await openRegistry(new Map([...releases].slice(0, 1)), key);
    local = await createLocalBrowserStack({
      rateLimit: 'off',
      seed: { organization: { name: 'Acme Inc.' }, users: [OWNER] },
    });
    const { url } = await local.listen();
    const bin = join(home, 'bin');
    mkdirSync(bin);
    symlinkSync(absolute(ENGINE ?? 'terraform'), join(bin, 'engine'));
    env = {
      ...registry.env,
      BROWSERSTACK_API_URL: url,
      BROWSERSTACK_USERNAME: OWNER.username,
      BROWSERSTACK_ACCESS_KEY: OWNER.access_key,
      PATH: bin,
    };
  });
  afterAll(async () => {
    await registry?.close();
    await local?.close();
    rmSync(home, { recursive: true, force: true });
  });

  /** A directory with a configuration that takes the provider from the registry, or from `source`. */
  function project(name: string, source = `${registry.host}/browserstack-iac/browserstack`) {
    const directory = join(home, name);
    mkdirSync(directory);
    writeFileSync(
      join(directory, 'main.tf'),
      `terraform {\n  required_providers {\n    browserstack = { source = "${source}", version = ">= 9.1.0" }\n  }\n}\nresource "browserstack_service_account" "ci" {\n  identifier = "${name}"\n}\n`,
    );
    const engine = (...args: readonly string[]): Promise<Finished> =>
      run(join(home, 'bin/engine'), args, directory, env);
    return { directory, engine, lock: () => readFileSync(join(directory, '.terraform.lock.hcl'), 'utf8') };
  }

  it('is installed from a registry by signature, locked for every platform, and runs without Node', async () => {
    const { engine, lock } = project('from-registry');
    const initialized = await engine('init', '-input=false');
    expect(initialized).toMatchObject({ exitCode: 0 });
    expect(initialized.output).toMatch(/signed|self-signed/u);
    // The signed checksums lock all platforms at once: colleagues on a Mac need no "providers lock".
    const zips = lock().match(/"zh:[0-9a-f]{64}"/gu) ?? [];
    const sums = readFileSync(join(releases.get('9.1.0') ?? '', checksumsOf('9.1.0')), 'utf8');
    for (const platform of PLATFORMS) {
      const sum = sums
        .split('\n')
        .find((line) => line.endsWith(`${nameOf(platform)}.zip`))
        ?.split(' ')[0];
      expect(zips).toContain(`"zh:${sum}"`);
    }
    const applied = await engine('apply', '-auto-approve', '-input=false');
    expect(applied.output).toContain('1 added');
    expect(local.accounts()).toContainEqual(expect.objectContaining({ identifier: 'from-registry' }));
    expect((await engine('plan', '-detailed-exitcode', '-input=false')).exitCode).toBe(0);
  });

  it('is refused when a package is not the signed one', async () => {
    const [directory = ''] = releases.values();
    const zip = join(directory, `terraform-provider-browserstack_9.1.0_${nameOf(ownPlatform())}.zip`);
    const good = readFileSync(zip);
    try {
      const bad = Buffer.from(good);
      bad[bad.length >> 1] = (bad[bad.length >> 1] ?? 0) ^ 1;
      writeFileSync(zip, bad);
      const { exitCode, output } = await project('tampered').engine('init', '-input=false');
      expect(exitCode).toBe(1);
      expect(output).toMatch(/checksum/u);
    } finally {
      writeFileSync(zip, good);
    }
  });

  it('is upgraded to the next version, and the lock file follows', async () => {
    const { engine, lock } = project('upgraded');
    await engine('init', '-input=false');
    registry.publish('9.2.0', releases.get('9.2.0') ?? '');
    expect((await engine('init', '-input=false')).exitCode).toBe(0);
    expect(lock()).toMatch(/version += "9\.1\.0"/u);
    expect((await engine('init', '-upgrade', '-input=false')).exitCode).toBe(0);
    expect(lock()).toMatch(/version += "9\.2\.0"/u);
    expect((await engine('apply', '-auto-approve', '-input=false')).output).toContain('1 added');
  });

  it('is installed from a network mirror, where nothing else can be reached', async () => {
    const { directory, engine } = project('from-mirror', 'browserstack-iac/browserstack');
    const config = join(directory, 'engine.tfrc');
    writeFileSync(
      config,
      `provider_installation {\n  network_mirror {\n    url = "https://${registry.host}/mirror/"\n  }\n}\n`,
    );
    const before = registry.asked.length;
    const initialized = await run(join(home, 'bin/engine'), ['init', '-input=false'], directory, {
      ...env,
      TF_CLI_CONFIG_FILE: config,
    });
    expect(initialized.output).toContain('has been successfully initialized');
    expect(registry.asked.slice(before).every((path) => /^\/(mirror|files)\//u.test(path))).toBe(true);
    expect((await engine('apply', '-auto-approve', '-input=false')).output).toContain('1 added');
  });
});

const checksumsOf = (version: string) => `terraform-provider-browserstack_${version}_SHA256SUMS`;

/** A key for signing that lives as long as the test. */
function newKey(keyring: string): { readonly id: string; readonly armor: string } {
  mkdirSync(keyring);
  chmodSync(keyring, 0o700);
  process.env.GNUPGHOME = keyring;
  const gpg = (...args: string[]) =>
    execFileSync('gpg', ['--batch', ...args], { encoding: 'utf8', stdio: 'pipe' });
  gpg('--passphrase', '', '--quick-generate-key', 'Release <release@example.test>', 'rsa2048', 'sign', '0');
  const id = /^fpr:+([0-9A-F]{40}):/mu.exec(gpg('--list-keys', '--with-colons'))?.[1] ?? '';
  return { id, armor: gpg('--armor', '--export', id) };
}
