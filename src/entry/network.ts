import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import { Problem } from '../errors.ts';
import type { Network, ProxyServer } from '../http/transport-failure.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Under this name the provider's wrapper hands over NODE_EXTRA_CA_CERTS. */
export const DEFERRED_CA_CERTS = 'BROWSERSTACK_IAC_EXTRA_CA_CERTS';
const CONNECT_TIMEOUT = 10_000;
/** Of proxies that undici can talk to. */
const SCHEMES = ['http:', 'https:', 'socks5:', 'socks:'];

/** The way to the network that this environment asks for: HTTPS_PROXY, HTTP_PROXY, NO_PROXY, SSL_CERT_FILE. */
export function network(env: Env): Network {
  let dispatcher: Promise<Dispatcher> | undefined;
  return {
    dispatcher: () => {
      dispatcher ??= open(env);
      return dispatcher;
    },
    proxies: () =>
      [proxyOf(env, 'HTTPS_PROXY'), proxyOf(env, 'HTTP_PROXY')].flatMap((proxy) => proxy?.told ?? []),
  };
}

/** @throws Problem when a variable cannot be understood. */
async function open(env: Env): Promise<Dispatcher> {
  const [https, http] = [proxyOf(env, 'HTTPS_PROXY'), proxyOf(env, 'HTTP_PROXY')];
  const ca = await certificates(env);
  const trusted = ca === undefined ? {} : { ca };
  const { EnvHttpProxyAgent } = await import('undici');
  return new EnvHttpProxyAgent({
    httpProxy: http?.url ?? '',
    httpsProxy: https?.url ?? '',
    noProxy: env.no_proxy ?? env.NO_PROXY ?? '',
    connect: { timeout: CONNECT_TIMEOUT, ...trusted },
    // The two connections that stand for one where there is a proxy.
    requestTls: trusted,
    proxyTls: { timeout: CONNECT_TIMEOUT, ...trusted },
  });
}

/** @throws Problem when the variable holds no address of a proxy; its text is not repeated, as it may hold a password. */
function proxyOf(env: Env, name: string): { readonly url: string; readonly told: ProxyServer } | undefined {
  const variable = [name.toLowerCase(), name].find((one) => env[one]) ?? name;
  const text = env[variable]?.trim();
  if (!text) return undefined;
  // As curl: who names no scheme means http.
  const full = /^[a-z][a-z\d+.-]*:\/\//iu.test(text) ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || !SCHEMES.includes(url.protocol)) throw noProxy(variable);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return { url: url.href, told: { variable, host: url.hostname.replace(/^\[|\]$/gu, ''), port } };
}

function noProxy(variable: string): Problem {
  return new Problem({
    code: 'unreachable',
    summary: `${variable} is not the address of a proxy`,
    detail:
      'It must be http://HOST:PORT or https://HOST:PORT (a missing scheme means http). Correct or unset it.',
  });
}

/**
 * Go programs and OpenSSL read SSL_CERT_FILE, Node does not: whoever sets it expects it to count. The provider's wrapper
 * keeps NODE_EXTRA_CA_CERTS from Node under another name: read at every start, it would cost more than all the rest.
 * A file that cannot be read matters only to a connection that is then not trusted, and that is told.
 */
async function certificates(env: Env): Promise<string[] | undefined> {
  const deferred = env[DEFERRED_CA_CERTS];
  if (!env.SSL_CERT_FILE && !deferred) return undefined;
  const { rootCertificates } = await import('node:tls');
  const files = new Set([env.SSL_CERT_FILE, env.NODE_EXTRA_CA_CERTS, deferred]);
  const more = [...files].flatMap((file) => {
    try {
      return file ? [readFileSync(file, 'utf8')] : [];
    } catch {
      return [];
    }
  });
  return [...rootCertificates, ...more];
}
