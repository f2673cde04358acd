import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../errors.ts';
import { defineCommand, flag } from '../command.ts';

const options = {
  verbose: flag('--verbose', 'show all that the engine says'),
  showKeys: flag('--show-keys', 'show the keys of the demo in clear'),
  json: flag('--json', 'print one line of JSON at the end, and the story to standard error'),
};

export const demo = defineCommand({
  name: 'demo',
  summary: 'play a story in a minute: deploy, drift, repair, rotate, refuse, destroy',
  details:
    'Everything happens on a local BrowserStack and in a directory that is removed; nothing leaves this machine. It plays with Terraform or OpenTofu where one is on PATH, and with the reconciler where none is.',
  options,
  examples: ['browserstack-iac demo', 'browserstack-iac demo --verbose'],
  async run({ options: given }, machine) {
    const program = join(machine.packageRoot, 'dist/demo/main.js');
    if (!existsSync(program))
      throw new Problem({
        code: 'invalid_input',
        summary: 'The demo is not built',
        detail: `There is no ${program}. In a clone, run: npm run build`,
      });
    const flags = Object.entries({
      '--verbose': given.verbose,
      '--show-keys': given.showKeys,
      '--json': given.json,
    }).flatMap(([name, isGiven]) => (isGiven ? [name] : []));
    const child = spawn(process.execPath, [program, ...flags], { cwd: machine.cwd, stdio: 'inherit' });
    // Ctrl-C reaches it by itself, another signal does not.
    const stop = () => child.kill('SIGTERM');
    machine.signal.addEventListener('abort', stop, { once: true });
    const [code] = await once(child, 'close');
    machine.signal.removeEventListener('abort', stop);
    machine.signal.throwIfAborted();
    return code === 0 ? 0 : 1;
  },
});
