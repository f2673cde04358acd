// The only place where paths are matched: calls of the API, of the hub, of the console and of the control API.

import findMyWay, { type HTTPMethod } from 'find-my-way';
import type { ServerRequest } from '../transport/request.ts';
import type { Answered } from './responses.ts';

/** A request on its way to the route it means. */
export interface Exchange {
  readonly request: ServerRequest;
  /** Decoded segments of the path; what stands in place of a `*` is named `*`. */
  readonly segments: Readonly<Record<string, string>>;
  /** Lists show the organization as it was so long ago: the work of a fault, 0 otherwise. */
  readonly lagSeconds: number;
}

/** What is answered at one method and path. */
export interface Route {
  readonly method: HTTPMethod;
  /** As OpenAPI writes it, `/user/service-accounts/{username}`, with `*` at the end for whatever follows. */
  readonly path: string;
  /** No part of the API: not logged, not limited, not hit by faults. */
  readonly local?: true;
  /** Not to be repeated blindly: the behaviour `lost-answer` hits it. */
  readonly losable?: boolean;
  readonly answer: (exchange: Exchange) => Answered | Promise<Answered>;
  /** What is answered when `answer` throws. Default: the page of a Rails application. */
  readonly failed?: () => Answered;
}

export type Found =
  | { readonly kind: 'route'; readonly route: Route; readonly segments: Readonly<Record<string, string>> }
  | { readonly kind: 'unknown-path' }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'bad-path' };

/** The methods a path is tried with to tell an unknown path from a wrong method. */
export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly HTTPMethod[];

export class Router {
  readonly #router = findMyWay({ maxParamLength: Number.MAX_SAFE_INTEGER, onBadUrl: () => {} });
  readonly #canonical: (path: string) => string;

  /** With `decorated`, a slash at the end, and on `/user/*` a format, are taken off a path first. */
  constructor(routes: readonly Route[], { decorated }: { readonly decorated: boolean }) {
    this.#canonical = decorated ? undecorated : (path) => path;
    for (const route of routes)
      this.#router.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), () => {}, route);
  }

  find(method: string, pathname: string): Found {
    const path = this.#canonical(pathname);
    const found = this.#match(method === 'HEAD' ? 'GET' : method, path);
    if (found === null) {
      const allowed = methods.filter((other) => this.#match(other, path) !== null);
      return allowed.length > 0 ? { kind: 'wrong-method', allowed } : { kind: 'unknown-path' };
    }
    if (found.store === null) return { kind: 'bad-path' };
    const segments = Object.entries(found.params).map(([name, value = '']) => [name, value]);
    // Only routes are stored, above.
    return { kind: 'route', route: found.store as Route, segments: Object.fromEntries(segments) };
  }

  #match(method: string, path: string) {
    // Methods it does not know it does not find either.
    return this.#router.find(method as HTTPMethod, path);
  }
}

/** Rails takes a slash at the end, and on `/user/*` a format, for decoration. */
function undecorated(pathname: string): string {
  const path = pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
  return path.startsWith('/user/') && path.endsWith('.json') ? path.slice(0, -'.json'.length) : path;
}
