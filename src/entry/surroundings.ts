import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from '../resources/index.ts';
import { VERSION } from './version.ts';

/** The real machine: its environment, its network (through HTTPS_PROXY and NO_PROXY if set), its randomness. */
export function surroundings(): Surroundings {
  let dispatcher: ReturnType<Surroundings['dispatcher']> | undefined;
  return {
    env: process.env,
    dispatcher: () => {
      dispatcher ??= import('undici').then(
        ({ EnvHttpProxyAgent }) => new EnvHttpProxyAgent({ connect: { timeout: 10_000 } }),
      );
      return dispatcher;
    },
    random: Math.random,
    version: VERSION,
    stateDirectory: join(stateHome(process.env), 'browserstack-iac'),
  };
}

/** Where this user's programs keep what should outlive a run and need not be backed up. */
function stateHome({ XDG_STATE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string {
  if (XDG_STATE_HOME) return XDG_STATE_HOME;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  const home = homedir();
  return home === '' || home === '/' ? tmpdir() : join(home, '.local', 'state');
}
