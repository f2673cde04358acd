import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { makeCertificate } from '../../src/tfplugin/certificate.ts';
import { COOKIE, COOKIE_NAME, PROTOCOL_VERSION } from '../../src/tfplugin/handshake.ts';
import type { Sample } from './report.ts';
import { cleanEnvironment, cpuOfChildren, type UsageLog } from './usage.ts';

/** Starts a program as an engine starts a plugin, until its first line on stdout; then ends it. */
export async function launched(command: readonly string[], usage: UsageLog): Promise<Sample> {
  const [file = '', ...args] = command;
  const env = {
    ...cleanEnvironment(),
    ...usage.env,
    [COOKIE_NAME]: COOKIE,
    PLUGIN_PROTOCOL_VERSIONS: String(PROTOCOL_VERSION),
    PLUGIN_CLIENT_CERT: makeCertificate(new Date()).certificatePem,
  };
  const before = cpuOfChildren();
  const started = performance.now();
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const line = await Promise.race([once(child.stdout, 'data').then(String), closed.then(() => '')]);
  const wall = performance.now() - started;
  // Politely, so that the socket is removed. The empty process ends by itself.
  if (line.includes('|')) child.kill('SIGTERM');
  await closed;
  if (line === '') throw new Error(`${command.join(' ')} ended with ${child.exitCode} and said nothing`);
  const after = cpuOfChildren();
  // What is no Node does not tell: then the system's clock is all there is, in steps of 10 ms.
  const [told] = usage.take();
  return told === undefined && before !== undefined && after !== undefined
    ? { wall, cpu: after - before }
    : { wall, ...told };
}
