// The package as built: what Terraform and OpenTofu find in a mirror.

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { VERSION } from '../../src/entry/version.ts';

const mirror = fileURLToPath(
  new URL(
    `../../dist/provider-mirror/registry.terraform.io/browserstack-iac/browserstack/${VERSION}`,
    import.meta.url,
  ),
);
const executable = `terraform-provider-browserstack_v${VERSION}`;

test.each(readdirSync(mirror))('%s: one executable, and beside it what keeps it a script', (platform) => {
  const directory = join(mirror, platform);
  const files = readdirSync(directory).map((name) => ({ name, file: lstatSync(join(directory, name)) }));
  // Trap 6: the first name that looks like the provider is started, whatever it is.
  expect(files.map(({ name }) => name).sort()).toEqual(['package.json', executable]);
  // Trap 8: a link to a directory fails init; trap 7: all of it is hashed by every command.
  expect(files.every(({ file }) => file.isFile())).toBe(true);
  expect(files.find(({ name }) => name === executable)?.file.mode).toBe(0o100755);
  // Trap 5: else an enclosing package.json would say what it is.
  expect(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))).toEqual({ type: 'commonjs' });
  // Trap 10: node itself, not a shell that starts it.
  expect(readFileSync(join(directory, executable), 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
});
