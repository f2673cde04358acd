import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createLocalBrowserStack, type LocalBrowserStack, type Seed } from 'browserstack-iac/emulator';
import { prepareProgram } from './synthesis.ts';

/** This package, whether it is a clone or installed. */
const home = dirname(createRequire(import.meta.url).resolve('browserstack-iac/package.json'));

/** Whom the demo runs as; known to the local BrowserStack of this process only. */
export const OWNER = { username: 'olivia_owner', accessKey: 'DemoOwnerKey00000001' };

/** The demo's organization: an Owner, and nothing else yet. */
const seed: Seed = {
  organization: { name: 'Acme Inc.', enterprise: true },
  users: [{ username: OWNER.username, access_key: OWNER.accessKey, role: 'owner' }],
};

/** How much faster than the real service the local one refills its request budget, so that a demo takes a minute. */
const SPEED_UP = 100;

/** Everything that the story plays on; it is all gone after `clear`. */
export interface Stage {
  readonly local: LocalBrowserStack;
  readonly url: string;
  /** Holds cdktf.json, the synthesized stack and the state. */
  readonly directory: string;
  readonly stackDirectory: string;
  /** Whether the quickstart program runs here; else the stack that it makes is taken as it was built. */
  readonly fromProgram: boolean;
  /** This package. */
  readonly home: string;
  /** The command line of this package. */
  readonly cli: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  clear(): Promise<void>;
}

/** `onCall` is told of every request, e.g. `GET /user/service-accounts`. */
export async function setStage(onCall: (call: string) => void): Promise<Stage> {
  const log = (line: string) => onCall(line.replace(/ \S+$/u, ''));
  const local = await createLocalBrowserStack({ seed, rateLimit: SPEED_UP, log });
  const { url } = await local.listen();
  const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-demo-'));
  return {
    local,
    url,
    directory,
    stackDirectory: join(directory, 'cdktf.out/stacks/quickstart'),
    fromProgram: await prepareProgram(home, directory),
    home,
    cli: join(home, 'dist/src/entry/cli.js'),
    env: {
      ...process.env,
      PATH: [join(home, 'node_modules/.bin'), process.env.PATH].join(delimiter),
      BROWSERSTACK_API_URL: url,
      BROWSERSTACK_USERNAME: OWNER.username,
      BROWSERSTACK_ACCESS_KEY: OWNER.accessKey,
      BROWSERSTACK_REQUESTS_PER_MINUTE: String(15 * SPEED_UP),
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: undefined,
      TF_IN_AUTOMATION: '1',
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
      CI: '1',
      NO_COLOR: '1',
      FORCE_COLOR: '0',
    },
    clear: async () => {
      await local.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
