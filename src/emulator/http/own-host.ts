// Who may use the console and the control API: people and tools on this machine. A page of somebody else's site may
// not, although a browser sends what it asks for: under a name that was pointed at this machine (DNS rebinding), or
// as a request that needs no permission (a form, or text/plain).

import { isIP } from 'node:net';
import { Refusal } from '../organization/refusal.ts';
import type { ServerRequest } from '../transport/request.ts';

/** Why a request is not from this machine's own people and tools; undefined when it may be. */
export function foreignRequest(request: ServerRequest): Refusal | undefined {
  const { origin } = request;
  // Without a socket there is no browser.
  if (origin === undefined) return undefined;
  const { hostname, port } = new URL(origin);
  if (!isOwnName(hostname))
    return new Refusal(
      403,
      `The console and the control API are not served as "${hostname}": use http://localhost:${port}.`,
    );
  const sender = request.header('origin');
  if (sender !== undefined && sender !== origin)
    return new Refusal(403, 'The console and the control API are not for pages of other origins.');
  if (hasBody(request) && !isJson(request.header('content-type')))
    return new Refusal(415, 'Send JSON, and say so: Content-Type: application/json.');
  return undefined;
}

/** A name that nobody else can point at this machine: an address has no name, and `localhost` is reserved. */
function isOwnName(hostname: string): boolean {
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return true;
  return /^(?:.+\.)?localhost\.?$/.test(hostname);
}

function hasBody(request: ServerRequest): boolean {
  const length = request.header('content-length') ?? '0';
  return request.body !== null && (length !== '0' || request.header('transfer-encoding') !== undefined);
}

function isJson(type = ''): boolean {
  return /^application\/(?:json|[\w.-]+\+json)\s*(?:;|$)/i.test(type.trim());
}
