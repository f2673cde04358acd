// Routes that are no part of the API: the console and the control API.

import { foreignRequest } from './own-host.ts';
import { type Answer, json } from './responses.ts';
import type { Exchange, Route } from './router.ts';

/** A route for tests, demos and people: not logged, not limited, not hit by faults. */
export function localRoute(
  method: Route['method'],
  path: string,
  handle: (exchange: Exchange) => Answer | Promise<Answer>,
): Route {
  return {
    method,
    path,
    local: true,
    answer: async (exchange) => {
      const refused = foreignRequest(exchange.request);
      if (refused !== undefined) return { answer: json({ message: refused.message }, refused.status) };
      return { answer: await handle(exchange) };
    },
    failed: () => ({ answer: json({ message: 'Something went wrong.' }, 500) }),
  };
}
