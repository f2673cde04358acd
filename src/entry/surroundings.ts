import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from '../resources/index.ts';
import { isRunning } from './host.ts';
import { network } from './network.ts';
import { VERSION } from './version.ts';

/** The real machine: its environment, its network, its randomness. */
export function surroundings(): Surroundings {
  const { getuid } = process;
  return {
    env: process.env,
    ...network(process.env),
    random: Math.random,
    version: VERSION,
    stateDirectory: join(stateHome(process.env), 'browserstack-iac'),
    ...(getuid && { userId: getuid() }),
    processes: { pid: process.pid, isRunning },
  };
}

/** Where this user's programs keep what should outlive a run and need not be backed up. */
function stateHome({ XDG_STATE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string {
  if (XDG_STATE_HOME) return XDG_STATE_HOME;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  const home = homedir();
  if (home !== '' && home !== '/') return join(home, '.local', 'state');
  // Shared with others: who else makes a directory of this name first does not get ours.
  return join(tmpdir(), `state-of-user-${process.getuid?.() ?? 'this'}`);
}
