import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { VERSION } from '../../src/entry/version.ts';
import { PROVIDER_ADDRESS } from '../../src/resources/index.ts';
import { launched } from './launch.ts';
import { type Situation, Workspace } from './plan.ts';
import { compared, type Report } from './report.ts';
import { cleanEnvironment, UsageLog } from './usage.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const PROVIDER = join(dist, 'provider/terraform-provider-browserstack');
const ACCESS_KEY = 'bench-owner-key-0001';
const PEER_ADDRESS = 'registry.terraform.io/browserstack-iac/peer';

export interface StartupOptions {
  /** How often processes are started; plans are made a quarter as often. */
  readonly rounds: number;
  /** How many objects the large plan has. */
  readonly count: number;
  /** The engine. */
  readonly program: string;
  /** Executable of an earlier release of this provider. */
  readonly earlier?: string | undefined;
  /** Executable of a provider in Go with a resource `peer_thing` (`name`, computed `id`), for comparison. */
  readonly goPeer?: string | undefined;
}

/** What a launch and a plan cost: the provider as it is shipped, beside what costs anyway and what it is to beat. */
export async function startup(options: StartupOptions): Promise<Report> {
  const { rounds, count, program, earlier, goPeer } = options;
  if (!existsSync(PROVIDER)) throw new Error('the provider is not built: run "npm run build" first');
  const engine = engineName(program);
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const local = await organization(count);
  try {
    const usage = new UsageLog(directory);
    const { url } = await local.listen();
    const env = environment(url, directory);
    const prepared = async (folder: string, address: string, file: string | undefined, hcl: string) => {
      const workspace = new Workspace(program, join(directory, folder), env, usage);
      if (file !== undefined) workspace.install(address, VERSION, (target) => copyProvider(file, target));
      await workspace.init(hcl);
      return workspace;
    };
    const ours = (size: number, stored: number) => accountsOf(local, size, stored);
    const candidates = [
      { name: 'terraform_data', file: undefined, address: '', situation: dataOf },
      ...(goPeer ? [{ name: 'Go', file: goPeer, address: PEER_ADDRESS, situation: thingsOf }] : []),
      ...(earlier ? [{ name: '0.1.0', file: earlier, address: PROVIDER_ADDRESS, situation: ours }] : []),
      { name: 'provider', file: PROVIDER, address: PROVIDER_ADDRESS, situation: ours },
    ];
    const planners: { name: string; situation: typeof ours; workspace: Workspace }[] = [];
    for (const { name, file, address, situation } of candidates) {
      const workspace = await prepared(name, address, file, situation(1, 0).hcl);
      planners.push({ name, situation, workspace });
    }
    const plans = (name: string, size: number, stored: number, expected: 0 | 2) => ({
      name,
      subjects: planners.map(({ name: subject, situation, workspace }) => ({
        name: subject,
        run: () => workspace.plan(situation(size, stored), expected),
      })),
    });
    const launch = {
      name: 'launch to handshake',
      subjects: [
        { name: 'empty Node', run: () => launched([process.execPath, '-e', 'fs.writeSync(1, "x")'], usage) },
        ...candidates.flatMap(({ name, file }) =>
          file === undefined ? [] : [{ name, run: () => launched([file], usage) }],
        ),
      ],
    };
    const fewer = Math.ceil(rounds / 4);
    const rows = [
      ...(await compared(launch, rounds)),
      ...(await compared(plans('plan of one resource', 1, 0, 2), fewer)),
      ...(await compared(plans(`plan without changes of ${count}`, count, count, 0), fewer)),
    ];
    return { node: process.versions.node, engine, platform: `${process.platform} ${process.arch}`, rows };
  } finally {
    await local.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** With the code caches that lie beside it. */
function copyProvider(file: string, target: string): void {
  copyFileSync(file, target);
  const caches = readdirSync(dirname(file)).filter((name) => name.endsWith('.cache'));
  for (const name of caches) copyFileSync(join(dirname(file), name), join(dirname(target), name));
}

function engineName(program: string): string {
  const env = { ...cleanEnvironment(), CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
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

/** Of the provider in Go. */
function thingsOf(size: number, stored: number): Situation {
  const hcl = `terraform {\n  required_providers {\n    peer = { source = "${PEER_ADDRESS}" }\n  }\n}\nresource "peer_thing" "it" {\n  count = ${size}\n  name  = "${identifier(COUNT_INDEX)}"\n}\n`;
  const instances = Array.from({ length: stored }, (_, index) => ({
    id: `id-${index}`,
    name: identifier(index),
  }));
  return { hcl, type: 'peer_thing', provider: PEER_ADDRESS, instances };
}

/** Terraform's own template, not one of ours. */
const COUNT_INDEX = '$' + '{count.index}';
