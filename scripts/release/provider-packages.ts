// What a registry serves of one version of the provider: a zip for each platform, the manifest, the checksums, and the
// signature over the checksums.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeZip } from './archive.ts';
import { sign, writeChecksums } from './checksums.ts';
import { nameOf, type Platform } from './platforms.ts';

/** The provider speaks protocol 6 only. */
const MANIFEST = { version: 1, metadata: { protocol_versions: ['6.0'] } };

export interface ProviderRelease {
  readonly version: string;
  readonly platforms: readonly Platform[];
  /** Writes the platform's executable to `file`. */
  writeExecutable(platform: Platform, file: string): Promise<void>;
  /** Signs the checksums; without it they are not signed, and no registry takes them. */
  readonly key?: string | undefined;
  progress(message: string): void;
}

/** Name of the provider in every file that a registry knows. */
const PACKAGE = 'terraform-provider-browserstack';

/** Writes everything into `directory`. Returns the names of the files. */
export async function writeProviderPackages(
  directory: string,
  { version, platforms, writeExecutable, key, progress }: ProviderRelease,
): Promise<readonly string[]> {
  mkdirSync(directory, { recursive: true });
  const names: string[] = [];
  for (const platform of platforms) {
    const archive = `${PACKAGE}_${version}_${nameOf(platform)}.zip`;
    progress(archive);
    const name = `${PACKAGE}_v${version}${platform.os === 'windows' ? '.exe' : ''}`;
    await inScratch(async (scratch) => {
      const file = join(scratch, name);
      await writeExecutable(platform, file);
      await writeZip(join(directory, archive), [{ name, file, mode: 0o755 }]);
    });
    names.push(archive);
  }
  const manifest = `${PACKAGE}_${version}_manifest.json`;
  writeFileSync(join(directory, manifest), `${JSON.stringify(MANIFEST, undefined, 2)}\n`);
  names.push(manifest);
  const checksums = `${PACKAGE}_${version}_SHA256SUMS`;
  writeChecksums(directory, names, checksums);
  names.push(checksums);
  if (key === undefined) return names;
  sign(join(directory, checksums), key);
  return [...names, `${checksums}.sig`];
}

async function inScratch(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-package-'));
  try {
    await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
