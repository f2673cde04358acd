import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { makeCertificate } from '../../tfplugin/certificate.ts';
import { COOKIE, COOKIE_NAME, PROTOCOL_VERSION } from '../../tfplugin/handshake.ts';
import type { Sample } from './report.ts';
import type { UsageLog } from './usage.ts';

/** Starts Node as an engine starts a plugin, until its first line on stdout; then ends it. */
export async function launched(args: readonly string[], usage: UsageLog): Promise<Sample> {
  const env = {
    ...process.env,
    ...usage.env,
    [COOKIE_NAME]: COOKIE,
    PLUGIN_PROTOCOL_VERSIONS: String(PROTOCOL_VERSION),
    PLUGIN_CLIENT_CERT: makeCertificate(new Date()).certificatePem,
  };
  const started = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const line = await Promise.race([once(child.stdout, 'data').then(String), closed.then(() => '')]);
  const wall = performance.now() - started;
  // Politely, so that the socket is removed. The empty process ends by itself.
  if (line.includes('|')) child.kill('SIGTERM');
  await closed;
  if (line === '') throw new Error(`${args.join(' ')} ended with ${child.exitCode} and said nothing`);
  return { wall, ...usage.take()[0] };
}
