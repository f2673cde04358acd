// The package as built: what Terraform and OpenTofu find in a mirror.

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { nameOf, ownPlatform } from '../../scripts/release/platforms.ts';
import { VERSION } from '../../src/entry/version.ts';
import { PROVIDER_SOURCE, REGISTRY_HOSTS } from '../../src/resources/index.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const mirror = join(dist, 'provider-mirror');
const executable = `terraform-provider-browserstack_v${VERSION}`;
const packages = REGISTRY_HOSTS.map((host) => join(mirror, host, PROVIDER_SOURCE, VERSION)).flatMap((place) =>
  readdirSync(place).map((platform) => join(place, platform)),
);

test('the mirror serves Terraform and OpenTofu alike', () => {
  expect(readdirSync(mirror).sort()).toEqual([...REGISTRY_HOSTS].sort());
  // An engine follows no link on the way to a version.
  for (const host of REGISTRY_HOSTS) expect(lstatSync(join(mirror, host)).isSymbolicLink()).toBe(false);
  const [terraform, tofu] = REGISTRY_HOSTS.map((host) =>
    readdirSync(join(mirror, host, PROVIDER_SOURCE, VERSION)),
  );
  expect(tofu).toEqual(terraform);
});

test.each(packages)('%s: one executable, and beside it what keeps it a script and quick', (directory) => {
  const files = readdirSync(directory).map((name) => ({ name, file: lstatSync(join(directory, name)) }));
  // Trap 6: the first name that looks like the provider is started, whatever it is.
  const caches = files.map(({ name }) => name).filter((name) => name.endsWith('.cache'));
  expect(files.map(({ name }) => name).sort()).toEqual([...caches, 'package.json', executable]);
  // Of no use on another platform than that of the build.
  expect(caches.length > 0).toBe(directory.endsWith(nameOf(ownPlatform())));
  // Trap 8: a link to a directory fails init; trap 7: all of it is hashed by every command.
  expect(files.every(({ file }) => file.isFile())).toBe(true);
  expect(files.find(({ name }) => name === executable)?.file.mode).toBe(0o100755);
  // Trap 5: else an enclosing package.json would say what it is.
  expect(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))).toEqual({ type: 'commonjs' });
  // Trap 10: the shell becomes Node, and does not wait for it.
  const [first, second] = readFileSync(join(directory, executable), 'utf8').split('\n');
  expect(first).toBe('#!/bin/sh');
  expect(second).toMatch(/; exec node "\$0" "\$@"$/u);
});

test('nothing that only its makers run is published', () => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  expect(
    files.filter((file) => /(^|\/)(chaos|bench|build|codegen|generate|test)(\/|\.|$)/u.test(file)),
  ).toEqual([]);
});
