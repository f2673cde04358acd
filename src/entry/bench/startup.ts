import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../emulator/local-browserstack.ts';
import { PROVIDER_ADDRESS } from '../../resources/index.ts';
import { VERSION } from '../version.ts';
import { launched } from './launch.ts';
import { type Situation, Workspace } from './plan.ts';
import { compared, type Report } from './report.ts';
import { UsageLog } from './usage.ts';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));
const BUNDLED = join(dist, 'provider/terraform-provider-browserstack');
const UNBUNDLED = join(dist, 'src/entry/provider.js');
const ACCESS_KEY = 'bench-owner-key-0001';

export interface StartupOptions {
  /** How often processes are started; plans are made a quarter as often. */
  readonly rounds: number;
  /** How many objects the large plan has. */
  readonly count: number;
  /** The engine. */
  readonly program: string;
}

/** What a launch and a plan cost: the provider as built and as shipped, beside what costs anyway. */
export async function startup({ rounds, count, program }: StartupOptions): Promise<Report> {
  if (!existsSync(BUNDLED)) throw new Error('the provider is not built: run "npm run build" first');
  const engine = engineName(program);
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const local = await organization(count);
  try {
    const usage = new UsageLog(directory);
    const { url } = await local.listen();
    const env = environment(url, directory);
    const provided = (folder: string) => new Workspace(program, join(directory, folder), env, usage);
    const [builtIn, unbundled, bundled] = [provided('built-in'), provided('unbundled'), provided('bundled')];
    unbundled.install(PROVIDER_ADDRESS, VERSION, (file) =>
      writeFileSync(file, `#!/usr/bin/env node\nimport('${pathToFileURL(UNBUNDLED)}');\n`, { mode: 0o755 }),
    );
    bundled.install(PROVIDER_ADDRESS, VERSION, (file) => copyFileSync(BUNDLED, file));
    const { hcl } = accountsOf(local, 1, 0);
    await Promise.all([builtIn.init(dataOf(1, 0).hcl), unbundled.init(hcl), bundled.init(hcl)]);

    const handshake = {
      name: 'start to handshake',
      subjects: [
        { name: 'empty Node process', run: () => launched(['-e', 'fs.writeSync(1, "x")'], usage) },
        { name: 'unbundled', run: () => launched([UNBUNDLED], usage) },
        { name: 'bundled', run: () => launched([BUNDLED], usage) },
      ],
    };
    const plans = (name: string, size: number, stored: number, expected: 0 | 2) => ({
      name,
      subjects: [
        { name: 'terraform_data', run: () => builtIn.plan(dataOf(size, stored), expected) },
        { name: 'unbundled', run: () => unbundled.plan(accountsOf(local, size, stored), expected) },
        { name: 'bundled', run: () => bundled.plan(accountsOf(local, size, stored), expected) },
      ],
    });
    const fewer = Math.ceil(rounds / 4);
    const rows = [
      ...(await compared(handshake, rounds)),
      ...(await compared(plans('plan of one resource', 1, 0, 2), fewer)),
      ...(await compared(plans(`plan without changes of ${count}`, count, count, 0), fewer)),
    ];
    return { node: process.versions.node, engine, platform: `${process.platform} ${process.arch}`, rows };
  } finally {
    await local.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function engineName(program: string): string {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
  return execFileSync(program, ['version'], { encoding: 'utf8', env }).split('\n')[0] ?? program;
}

function organization(count: number): Promise<LocalBrowserStack> {
  return createLocalBrowserStack({
    rateLimit: 'off',
    seed: {
      organization: { name: 'Acme Inc.' },
      users: [{ username: 'owner_1', access_key: ACCESS_KEY, role: 'owner' }],
      service_accounts: Array.from({ length: count }, (_, index) => ({ identifier: identifier(index) })),
    },
  });
}

/** The request budget is wide open: what is measured is the provider, not how patiently it waits. */
function environment(url: string, directory: string) {
  return {
    BROWSERSTACK_API_URL: url,
    BROWSERSTACK_USERNAME: 'owner_1',
    BROWSERSTACK_ACCESS_KEY: ACCESS_KEY,
    BROWSERSTACK_REQUESTS_PER_MINUTE: '100000',
    BROWSERSTACK_REQUEST_BURST: '1000',
    XDG_STATE_HOME: directory,
  };
}

const identifier = (index: number | string) => `account-${index}`;

function accountsOf(local: LocalBrowserStack, size: number, stored: number): Situation {
  const type = 'browserstack_service_account';
  // One that is not there yet has another name than those that are.
  const name = stored === 0 ? 'new-account' : identifier(COUNT_INDEX);
  const hcl = `terraform {\n  required_providers {\n    browserstack = { source = "${PROVIDER_ADDRESS}" }\n  }\n}\nresource "${type}" "it" {\n  count      = ${size}\n  identifier = "${name}"\n}\n`;
  const usernames = new Map(local.accounts().map((account) => [account.identifier, account.username]));
  const instances = Array.from({ length: stored }, (_, index) => ({
    identifier: identifier(index),
    username: usernames.get(identifier(index)),
    organization_level: true,
    deletion_protection: true,
    deletion_policy: 'delete',
  }));
  return { hcl, type, provider: PROVIDER_ADDRESS, instances };
}

/** Terraform's own, without any plugin: what the engine takes for as many objects. */
function dataOf(size: number, stored: number): Situation {
  const hcl = `resource "terraform_data" "it" {\n  count = ${size}\n}\n`;
  const instances = Array.from({ length: stored }, (_, index) => ({ id: `data-${index}` }));
  return { hcl, type: 'terraform_data', provider: 'terraform.io/builtin/terraform', instances };
}

/** Terraform's own template, not one of ours. */
const COUNT_INDEX = '$' + '{count.index}';
