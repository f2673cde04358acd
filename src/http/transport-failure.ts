// What it means that no answer came: whose fault it is, and whether the service can have heard anything.

import type { Dispatcher } from 'undici';
import { Problem } from '../errors.ts';
import { AnswerTooSlow, type NoAnswer } from './exchange.ts';
import type { Failure } from './failure.ts';

/** How requests leave this machine. */
export interface Network {
  /** undici's dispatcher: proxies, connection pools and tests come in here. */
  readonly dispatcher: () => Promise<Dispatcher>;
  /** The proxies that a request may take. */
  readonly proxies?: () => readonly ProxyServer[];
}

export interface ProxyServer {
  /** The environment variable that names it. */
  readonly variable: string;
  /** Without credentials: `127.0.0.1`, `3128`. */
  readonly host: string;
  readonly port: string;
}

/** `call` names the endpoint, e.g. `GET /user/service-accounts`. @throws what is a bug of ours, as it is. */
export function transportFailure(
  { sent, cause }: NoAnswer,
  call: string,
  {
    baseUrl,
    network,
    timeout,
  }: { readonly baseUrl: string; readonly network: Network; readonly timeout: number },
): Failure {
  const { origin } = new URL(baseUrl);
  const proxies = network.proxies?.() ?? [];
  const refusal = refusalOf(cause);
  if (refusal !== undefined) return notSent(refusedByProxy(refusal, call, origin, proxies), cause, false);
  if (sent) return lost(cause, call, origin, timeout);
  if (cause instanceof Problem) throw cause;
  const code = errorCode(cause);
  if (code === undefined && isBug(cause)) throw cause;
  if (code === undefined || code.startsWith('UND_ERR_INVALID'))
    return notSent(local(cause, call), cause, false);
  return notSent(unreachable(cause, code, call, origin, proxies), cause, true);
}

interface Words {
  readonly summary: string;
  readonly detail: string;
}

function notSent(words: Words, cause: unknown, transient: boolean): Failure {
  return { problem: new Problem({ code: 'unreachable', ...words, cause }), effect: 'none', transient };
}

function local(cause: unknown, call: string): Words {
  return {
    summary: 'The request could not be sent',
    detail: `${call}: nothing left this machine (${nameOf(cause)}: ${messageOf(cause)}). Where memory is limited (ulimit -v, a container), give this process more.`,
  };
}

function lost(cause: unknown, call: string, origin: string, timeout: number): Failure {
  const reason =
    cause instanceof AnswerTooSlow
      ? `it was still coming after ${timeout / 1000} s, which is request_timeout`
      : (errorCode(cause) ?? nameOf(cause));
  return {
    problem: new Problem({
      code: 'unclear_outcome',
      summary: 'The answer got lost',
      detail: `${call} was sent to ${origin}, but no whole answer came back (${reason}).`,
      cause,
    }),
    effect: 'unknown',
    transient: true,
  };
}

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

function unreachable(
  cause: unknown,
  code: string,
  call: string,
  origin: string,
  proxies: readonly ProxyServer[],
): Words {
  const summary = 'BrowserStack cannot be reached';
  const proxy = proxies.find((one) => isAbout(cause, one));
  if (proxy !== undefined)
    return {
      summary: 'The proxy cannot be reached',
      detail: `No connection to the proxy ${named([proxy])} for ${call} (${code}). Correct ${proxy.variable}, unset it, or name ${new URL(origin).hostname} in NO_PROXY.`,
    };
  if (UNTRUSTED.has(code))
    return {
      summary,
      detail: `No connection to ${origin} for ${call}: its certificate is not trusted (${code}). Where a company's proxy looks into TLS, name the file of its root certificate in NODE_EXTRA_CA_CERTS or SSL_CERT_FILE.`,
    };
  const through =
    proxies.length === 0
      ? 'HTTPS_PROXY/NO_PROXY if a proxy stands in between'
      : `the proxy ${named(proxies)}`;
  return {
    summary,
    detail: `No connection to ${origin} for ${call} (${code}). Check base_url (BROWSERSTACK_API_URL), the network, and ${through}.`,
  };
}

function refusedByProxy(
  status: string,
  call: string,
  origin: string,
  proxies: readonly ProxyServer[],
): Words {
  const way =
    status === '407'
      ? 'It wants credentials: http://USER:PASSWORD@HOST:PORT.'
      : `Ask those who run it, or name ${new URL(origin).hostname} in NO_PROXY.`;
  return {
    summary: 'The proxy refuses',
    detail: `${call}: the proxy ${named(proxies)} answered ${status} instead of passing it on to ${origin}. ${way}`,
  };
}

/** The status with which a proxy turned the request away; undici has no code for it. */
function refusalOf(cause: unknown): string | undefined {
  const text = messageOf(cause);
  return (/^Proxy response \((\d+)\)/u.exec(text) ??
    /^Proxy Authentication Required \((407)\)/u.exec(text))?.[1];
}

function named(proxies: readonly ProxyServer[]): string {
  return proxies.map(({ variable, host, port }) => `${host}:${port} (${variable})`).join(' or ');
}

/** System errors name whom they could not connect to; several addresses of one name fail together. */
function isAbout(cause: unknown, proxy: ProxyServer): boolean {
  if (!(cause instanceof Error)) return false;
  const { hostname, address, port } = { hostname: '', address: '', port: '', ...cause };
  if (hostname === proxy.host) return true;
  // A proxy that is named, not numbered, was looked up: its address says nothing, its port does.
  const numbered = /^[\d.]+$|:/u.test(proxy.host);
  if (String(port) === proxy.port && (address === proxy.host || (address !== '' && !numbered))) return true;
  const parts = cause instanceof AggregateError ? [...cause.errors, cause.cause] : [cause.cause];
  return parts.some((part) => isAbout(part, proxy));
}

/** What no network and no machine brings about. */
function isBug(cause: unknown): boolean {
  return cause instanceof TypeError || cause instanceof ReferenceError || cause instanceof SyntaxError;
}

function errorCode(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause)
    if ('code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : 'unknown error';
}
