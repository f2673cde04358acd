import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { Organization, PluginMirror } from '../../constructs/index.ts';
import { REGISTRY_HOST } from '../helpers/engine.ts';
import { organization } from '../helpers/organization.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { terraform } from './engine.ts';
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
    new Organization(stack, 'bolt', { name: 'Bolt GmbH', pluginMirror: PluginMirror.NONE });
    synthesized(stack, host);
    expect(existsSync(mirror)).toBe(false);
    expect(existsSync(mirrorOf(other, host))).toBe(true);
  });

  it('is a copy where one organization of the stack asks for it', () => {
    const stack = newStack();
    new Organization(stack, 'acme', { name: 'Acme Inc.', pluginMirror: PluginMirror.COPY });
    new Organization(stack, 'bolt', { name: 'Bolt GmbH' });
    const mirror = synthesized(stack, host);
    const [version = ''] = readdirSync(mirror);
    for (const platform of readdirSync(join(mirror, version)))
      expect(lstatSync(join(mirror, version, platform)).isSymbolicLink()).toBe(false);
  });

  it('takes what programs of version 0.1.0 say', () => {
    for (const [said, there] of [
      [true, true],
      [false, false],
    ]) {
      const stack = newStack();
      new Organization(stack, 'acme', { name: 'Acme Inc.', pluginMirror: said as never });
      expect(existsSync(synthesized(stack, host))).toBe(there);
    }
  });
});

describeWithTerraform('a stack that was synthesized with a copy', () => {
  it('is deployed by another job, which has nothing but the directory', async () => {
    const local = await organization();
    const stack = newStack();
    new LocalBackend(stack, { path: 'terraform.tfstate' });
    const acme = new Organization(stack, 'acme', { name: 'Acme Inc.', pluginMirror: PluginMirror.COPY });
    acme.addTeam('core', { name: 'Core' });
    synthesized(stack, REGISTRY_HOST);
    const carried = mkdtempSync(join(tmpdir(), 'browserstack-iac-carried-'));
    try {
      execFileSync('sh', ['-c', `tar -c . | tar -x -C "${carried}"`], { cwd: directoryOf(stack) });
      rmSync(directoryOf(stack), { recursive: true });
      expect(await terraform(carried, local.env, 'init', '-input=false')).toMatchObject({ exitCode: 0 });
      const applied = await terraform(carried, local.env, 'apply', '-input=false', '-auto-approve');
      expect(applied.exitCode, applied.output).toBe(0);
      expect(local.local.teams().map(({ name }) => name)).toEqual(['Core']);
    } finally {
      rmSync(carried, { recursive: true });
      await local.close();
    }
  });
});
