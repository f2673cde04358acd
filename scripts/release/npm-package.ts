// The npm package as it is published: what builds it stays behind. A package with a `prepare` script makes npm ask its
// users for permission to run it.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Packs the built package of `root`. Returns the path of the tarball in `directory`. */
export function packPublished(root: string, directory: string): string {
  const work = mkdtempSync(join(tmpdir(), 'browserstack-iac-package-'));
  try {
    pack(root, work);
    execFileSync('tar', ['-xzf', join(work, tarballIn(work)), '-C', work]);
    const unpacked = join(work, 'package');
    const manifest = join(unpacked, 'package.json');
    const { scripts: _, devDependencies: __, ...published } = JSON.parse(readFileSync(manifest, 'utf8'));
    writeFileSync(manifest, `${JSON.stringify(published, null, 2)}\n`);
    pack(unpacked, directory);
    return join(directory, tarballIn(directory));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function pack(from: string, into: string): void {
  const command = ['pack', '--silent', '--ignore-scripts', '--pack-destination', into];
  execFileSync('npm', command, { cwd: from, stdio: ['ignore', 'ignore', 'inherit'] });
}

function tarballIn(directory: string): string {
  const tarball = readdirSync(directory).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack wrote no package into ${directory}`);
  return tarball;
}
