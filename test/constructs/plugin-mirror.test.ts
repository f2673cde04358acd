import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, TerraformStack } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { Organization } from '../../constructs/index.ts';
import { directoryOf, newApp, newStack } from './stack.ts';

const SOURCE = 'browserstack-iac/browserstack';
const HOSTS = ['registry.terraform.io', 'registry.opentofu.org'];
const packages = fileURLToPath(new URL(`../../dist/provider-mirror/${HOSTS[0]}/${SOURCE}`, import.meta.url));

const mirrorOf = (stack: TerraformStack, host: string) =>
  join(directoryOf(stack), 'terraform.d/plugins', host, SOURCE);

function synthesized(stack: TerraformStack, host: string): string {
  if (!existsSync(packages)) throw new Error('the provider is not built: run "npm run build" first');
  App.of(stack).synth();
  return mirrorOf(stack, host);
}

describe.each(HOSTS)('for the engine that asks %s', (host) => {
  it('links the packages of this installation, each by a relative link below real directories', () => {
    const stack = newStack();
    new Organization(stack, 'acme', { name: 'Acme Inc.' });
    const mirror = synthesized(stack, host);
    const [version = ''] = readdirSync(packages);
    expect(readdirSync(mirror)).toEqual([version]);
    expect(lstatSync(join(mirror, version)).isSymbolicLink()).toBe(false);
    const platforms = readdirSync(join(packages, version));
    expect(readdirSync(join(mirror, version))).toEqual(platforms);
    for (const platform of platforms) {
      expect(isAbsolute(readlinkSync(join(mirror, version, platform)))).toBe(false);
      expect(realpathSync(join(mirror, version, platform))).toBe(
        realpathSync(join(packages, version, platform)),
      );
    }
  });

  it('replaces links of an older version and leaves other providers alone', () => {
    const stack = newStack();
    new Organization(stack, 'acme', { name: 'Acme Inc.' });
    const mirror = mirrorOf(stack, host);
    const foreign = join(mirror, '../../acme/demo/1.0.0');
    mkdirSync(join(mirror, '0.0.1'), { recursive: true });
    symlinkSync('/nowhere', join(mirror, '0.0.1/linux_amd64'));
    mkdirSync(foreign, { recursive: true });
    synthesized(stack, host);
    synthesized(stack, host);
    expect(readdirSync(mirror)).toEqual(readdirSync(packages));
    expect(existsSync(foreign)).toBe(true);
  });

  it('is switched off for a whole stack by one organization, links of before included', () => {
    const app = newApp();
    const stack = new TerraformStack(app, 'stack');
    new Organization(stack, 'acme', { name: 'Acme Inc.' });
    const other = new TerraformStack(app, 'other');
    new Organization(other, 'acme', { name: 'Acme Inc.' });
    const mirror = synthesized(stack, host);
    expect(existsSync(mirror)).toBe(true);
    new Organization(stack, 'bolt', { name: 'Bolt GmbH', pluginMirror: false });
    synthesized(stack, host);
    expect(existsSync(mirror)).toBe(false);
    expect(existsSync(mirrorOf(other, host))).toBe(true);
  });
});
