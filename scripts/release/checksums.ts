// SHA256SUMS and its signature, as the registries of Terraform and OpenTofu ask for.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line for each file name in `directory`, sorted by name. */
export function writeChecksums(directory: string, names: readonly string[], target: string): void {
  const lines = [...names].sort().map((name) => {
    const digest = createHash('sha256')
      .update(readFileSync(join(directory, name)))
      .digest('hex');
    return `${digest}  ${name}\n`;
  });
  writeFileSync(join(directory, target), lines.join(''));
}

/**
 * Writes `<file>.sig`, detached and binary.
 * @param key Fingerprint or address of a key in the keyring of GnuPG (GNUPGHOME says which).
 */
export function sign(file: string, key: string): void {
  const signing = ['--batch', '--yes', '--local-user', key, '--output', `${file}.sig`, '--detach-sign', file];
  execFileSync('gpg', signing, { stdio: 'pipe' });
}
