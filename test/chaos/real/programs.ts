// The programs under test, built once: the provider and the command line as they are published, but for their clock.

import { chmod, cp, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { VERSION } from '../../../src/entry/version.ts';
import { PROVIDER_SOURCE } from '../../../src/resources/index.ts';
import { addressOf, ENGINE, REGISTRY_HOST } from '../../helpers/engine.ts';
import { reattachTo, serveForReattach } from '../../helpers/plugin/reattach.ts';
import { VAULT_ADDRESS, vaultProvider } from '../../helpers/stores/vault.ts';
import { run } from './process.ts';

export interface Programs {
  /** A bundle that Node runs. */
  readonly commandLine: string;
  /** A working directory of Terraform with everything that "init" makes in it, to be copied. */
  readonly workspace: string;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** `test/chaos/real/clock-in-file.ts` instead of `src/clock.ts`, for whoever imports that. */
const otherClock: Plugin = {
  name: 'other-clock',
  setup({ onResolve }) {
    const clock = join(root, 'test/chaos/real/clock-in-file.ts');
    onResolve({ filter: /\/clock\.ts$/ }, ({ importer }) =>
      importer === clock ? undefined : { path: clock },
    );
  },
};

const COMMONJS = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const [__filename, __dirname] = [import.meta.filename, import.meta.dirname];`;

/** Builds them, in a directory of their own that the caller removes. */
export async function buildPrograms(): Promise<Programs & { readonly directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-chaos-'));
  const commandLine = join(directory, 'browserstack-iac.mjs');
  const common: BuildOptions = { bundle: true, platform: 'node', logLevel: 'error', plugins: [otherClock] };
  await build({
    ...common,
    entryPoints: [join(root, 'src/entry/command-line.ts')],
    outfile: commandLine,
    format: 'esm',
    // Some packages for Node load parts of themselves at run time, which a bundle does not have.
    mainFields: ['module', 'main'],
    // What is bundled of CommonJS asks for Node's own modules this way.
    banner: { js: COMMONJS },
  });
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}_${process.arch === 'x64' ? 'amd64' : 'arm64'}`;
  const place = join(directory, 'mirror', REGISTRY_HOST, PROVIDER_SOURCE, VERSION, platform);
  await mkdir(place, { recursive: true });
  const provider = join(place, `terraform-provider-browserstack_v${VERSION}`);
  await build({
    ...common,
    entryPoints: [join(root, 'src/entry/provider.ts')],
    outfile: provider,
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  });
  await chmod(provider, 0o755);
  await writeFile(join(place, 'package.json'), '{ "type": "commonjs" }\n');
  return { directory, commandLine, workspace: await initialized(directory) };
}

/** What is required; the stores are served by the schedule itself. */
export const REQUIRED = `terraform {
  required_providers {
    browserstack = { source = "${PROVIDER_SOURCE}" }
    vault        = { source = "${addressOf(VAULT_ADDRESS)}" }
  }
}
`;

async function initialized(directory: string): Promise<string> {
  const workspace = join(directory, 'workspace');
  await mkdir(join(workspace, 'terraform.d'), { recursive: true });
  await symlink(join(directory, 'mirror'), join(workspace, 'terraform.d/plugins'));
  await writeFile(join(workspace, 'main.tf'), REQUIRED);
  const vault = await serveVault(new Map());
  try {
    const { code, output } = await run(ENGINE ?? 'terraform', ['init', '-input=false'], workspace, vault.env);
    if (code !== 0) throw new Error(output);
  } finally {
    vault.close();
  }
  return workspace;
}

/** A store that many schedules may have one of, each. */
export async function serveVault(contents: Map<string, string>) {
  const { ClockInFile } = await import('./clock-in-file.ts');
  const context = { clock: new ClockInFile(() => ''), log: () => undefined };
  const served = await serveForReattach(vaultProvider({ contents, refusing: false }, context), VAULT_ADDRESS);
  return { env: reattachTo([served]), close: () => served.close() };
}

export function copyWorkspace({ workspace }: Programs, directory: string): Promise<void> {
  return cp(workspace, directory, { recursive: true, verbatimSymlinks: true });
}
