import { TrieRouter } from 'hono/router/trie-router';
import type { Behaviours } from '../behaviours/index.ts';
import type { Operation } from './operation.ts';

export type Found =
  | {
      readonly kind: 'operation';
      readonly operation: Operation;
      readonly segments: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'unknown-path' }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'bad-path' };

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Finds the call a method and path mean, among those the switches have served. */
export class Router {
  readonly #router = new TrieRouter<Operation>();
  readonly #behaviours: Behaviours;

  constructor(operations: readonly Operation[], behaviours: Behaviours) {
    this.#behaviours = behaviours;
    for (const operation of operations)
      if (operation.served?.(behaviours) ?? true)
        this.#router.add(operation.method, operation.path.replaceAll(/\{(\w+)\}/g, ':$1'), operation);
  }

  find(method: string, pathname: string): Found {
    const path = this.#behaviours['path-suffix'] === 'accept' ? withoutSuffix(pathname) : pathname;
    const [found] = this.#match(method, path);
    if (found === undefined) {
      const allowed = METHODS.filter((other) => this.#match(other, path).length > 0);
      return allowed.length > 0 ? { kind: 'wrong-method', allowed } : { kind: 'unknown-path' };
    }
    const [operation, raw] = found;
    try {
      const segments = Object.entries(raw).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { kind: 'operation', operation, segments: Object.fromEntries(segments) };
    } catch {
      return { kind: 'bad-path' };
    }
  }

  #match(method: string, path: string): [Operation, Record<string, string>][] {
    const [found] = this.#router.match(method, path);
    // This router puts the segments themselves beside each match, never places in a stash.
    return found as [Operation, Record<string, string>][];
  }
}

/** Rails takes a slash at the end, and on `/user/*` a format, for decoration. */
function withoutSuffix(pathname: string): string {
  const path = pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
  return path.startsWith('/user/') && path.endsWith('.json') ? path.slice(0, -'.json'.length) : path;
}
