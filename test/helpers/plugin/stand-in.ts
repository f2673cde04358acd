import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { systemClock } from '../../../src/clock.ts';
import { makeCertificate, type ThrowAwayCertificate } from '../../../src/tfplugin/certificate.ts';
import { connect, type PluginClient } from './client.ts';

// A stand-in for Terraform: starts a plugin as go-plugin does, shakes hands, connects with mutual TLS, calls.

const COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';

export interface StartOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the engine offers, e.g. `5,6`. */
  readonly versions?: string;
  /** Plain text, as with TF_DISABLE_PLUGIN_TLS. */
  readonly tls?: false;
  readonly cwd?: string;
}

export interface Plugin {
  readonly process: ChildProcess;
  /** Its first line, split; without the line end. */
  readonly handshake: readonly string[];
  readonly firstLine: string;
  stderr(): string;
  readonly clientCertificate: ThrowAwayCertificate;
  readonly client: PluginClient;
  /** Resolves with the exit code, or the signal's name. */
  readonly exited: Promise<number | string>;
  /** Shutdown, as an engine does when it is done. */
  shutdown(): Promise<number | string>;
  kill(): void;
}

export interface Launched extends Omit<Plugin, 'client' | 'shutdown' | 'handshake'> {
  /** Everything it wrote to stdout so far. */
  stdout(): string;
}

/** Starts the program and waits for its first line, or its end. */
export async function launch(file: string, options: StartOptions = {}): Promise<Launched> {
  const clientCertificate = makeCertificate(systemClock.now());
  const child = spawn(file, [], {
    env: {
      ...process.env,
      TF_PLUGIN_MAGIC_COOKIE: COOKIE,
      PLUGIN_PROTOCOL_VERSIONS: options.versions ?? '5,6',
      PLUGIN_MIN_PORT: '10000',
      PLUGIN_MAX_PORT: '25000',
      ...(options.tls === false ? {} : { PLUGIN_CLIENT_CERT: clientCertificate.certificatePem }),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const exited = once(child, 'close').then(([code, signal]) => (signal ?? code) as number | string);
  await Promise.race([untilLine(child, () => stdout), exited]);
  return {
    process: child,
    firstLine: stdout,
    stdout: () => stdout,
    stderr: () => stderr,
    clientCertificate,
    exited,
    kill: () => {
      child.kill('SIGKILL');
      // What a killed process cannot remove itself.
      const [, , network, address] = stdout.split('|');
      if (network === 'unix' && address !== undefined) rmSync(address, { force: true });
    },
  };
}

/** Starts the program and connects to it. */
export async function startPlugin(file: string, options: StartOptions = {}): Promise<Plugin> {
  const launched = await launch(file, options);
  const handshake = launched.firstLine.trimEnd().split('|');
  if (handshake.length < 6) {
    launched.kill();
    throw new Error(`no handshake: ${launched.firstLine}${launched.stderr()}`);
  }
  const client = connect(endpointOf(handshake), {
    ...(options.tls === false ? {} : { certificate: launched.clientCertificate }),
    serverCertificate: handshake[5] ?? '',
  });
  return {
    ...launched,
    handshake,
    client,
    shutdown: async () => {
      await client.shutdown();
      client.close();
      return launched.exited;
    },
    kill: () => {
      client.close();
      launched.kill();
    },
  };
}

export function endpointOf(handshake: readonly string[]): string {
  return handshake[2] === 'unix' ? `unix:${handshake[3]}` : (handshake[3] ?? '');
}

function untilLine(child: ChildProcess, stdout: () => string): Promise<void> {
  return new Promise((resolve) => {
    child.stdout?.on('data', () => stdout().includes('\n') && resolve());
  });
}
