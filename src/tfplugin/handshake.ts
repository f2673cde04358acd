import { Problem } from '../errors.ts';
import type { Host } from './host.ts';

// go-plugin's handshake: what the engine says in the environment, and the one line on stdout that answers it.

/** What every engine sets, so that nobody takes a plugin for a program. */
export const COOKIE_NAME = 'TF_PLUGIN_MAGIC_COOKIE';
export const COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';
/** The major version of the plugin protocol that this server speaks. */
export const PROTOCOL_VERSION = 6;

/** What the engine asked for. */
export interface HandshakeRequest {
  /** PEM of the only certificate that may connect; absent when the engine turned TLS off. */
  readonly clientCertificate: string | undefined;
  /** Ports to choose from when TCP must be used. */
  readonly ports: { readonly min: number; readonly max: number };
}

export type Endpoint =
  | { readonly network: 'unix'; readonly path: string }
  | { readonly network: 'tcp'; readonly port: number };

/** Reads the engine's side. Throws when nobody, or nobody we understand, is there to talk to. */
export function readHandshakeRequest(env: Host['env'], address: string): HandshakeRequest {
  if (env[COOKIE_NAME] !== COOKIE) throw notAnEngine(address);
  const versions = (env.PLUGIN_PROTOCOL_VERSIONS ?? '').split(',').filter((version) => version !== '');
  if (versions.length > 0 && !versions.includes(String(PROTOCOL_VERSION)))
    throw new Problem({
      code: 'invalid_input',
      summary: `Plugin protocol ${PROTOCOL_VERSION} needed`,
      detail: `${address} speaks plugin protocol ${PROTOCOL_VERSION} only, and this program offered ${versions.join(', ')}. Use Terraform 1.0 or later, or OpenTofu.`,
    });
  return {
    clientCertificate: env.PLUGIN_CLIENT_CERT || undefined,
    ports: { min: port(env.PLUGIN_MIN_PORT, 10_000), max: port(env.PLUGIN_MAX_PORT, 25_000) },
  };
}

/**
 * The one line, complete with its end. The certificate goes as base64 without padding: go-plugin refuses the padding,
 * and as the length is random a mistake here would show in two runs of three only.
 */
export function handshakeLine(endpoint: Endpoint, certificate: Buffer | undefined): string {
  const address = endpoint.network === 'unix' ? endpoint.path : `127.0.0.1:${endpoint.port}`;
  const encoded = certificate?.toString('base64').replace(/=+$/, '') ?? '';
  return `${['1', PROTOCOL_VERSION, endpoint.network, address, 'grpc', encoded].join('|')}\n`;
}

function notAnEngine(address: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'This program is a plugin',
    detail: `It is the Terraform provider ${address} and does nothing by itself: Terraform or OpenTofu starts it when a configuration needs it.`,
  });
}

function port(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return text !== undefined && Number.isInteger(number) && number > 0 && number < 65_536 ? number : otherwise;
}
