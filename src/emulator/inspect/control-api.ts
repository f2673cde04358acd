// The control API, for tests and demos. It is no part of the API: nothing here is counted, throttled, faulted or logged.

import { problemsOf } from '../../errors.ts';
import type { Behaviours } from '../behaviours/index.ts';
import { type Faults, parseFaults } from '../faults/faults.ts';
import { readJsonBody } from '../http/body.ts';
import { localRoute } from '../http/local-route.ts';
import { type Answer, type Json, json } from '../http/responses.ts';
import { methods, type Route } from '../http/router.ts';
import { openApiDocument } from '../openapi/document.ts';
import { Refusal } from '../organization/refusal.ts';
import type { RequestLog } from './request-log.ts';

export interface ControlParts {
  readonly behaviours: Behaviours;
  readonly requestLog: RequestLog;
  readonly faults: Faults;
}

/** The routes below `/_local/`. */
export function controlRoutes(parts: ControlParts): readonly Route[] {
  const { behaviours, requestLog, faults } = parts;
  return [
    // A document is plain data.
    localRoute('GET', '/_local/openapi.json', ({ request }) =>
      json(openApiDocument({ behaviours, server: request.origin ?? '/' }) as Json),
    ),
    localRoute('GET', '/_local/requests', () =>
      // Records are plain data.
      json({ count: requestLog.count, requests: requestLog.all() as unknown as Json }),
    ),
    localRoute('DELETE', '/_local/requests', () => {
      requestLog.clear();
      return json({ count: 0, requests: [] });
    }),
    localRoute('GET', '/_local/faults', () => armed(faults)),
    localRoute('DELETE', '/_local/faults', () => {
      faults.clear();
      return armed(faults);
    }),
    localRoute('POST', '/_local/faults', async ({ request }) => {
      const body = await readJsonBody(request);
      if (body instanceof Refusal) return json({ message: body.message }, body.status);
      try {
        faults.inject(parseFaults(body));
      } catch (thrown) {
        return problemAnswer(thrown);
      }
      return armed(faults);
    }),
    ...methods.map((method) =>
      localRoute(method, '/_local/*', ({ request }) =>
        json({ message: `No such control: ${method} ${request.path}` }, 404),
      ),
    ),
  ];
}

/** All problems of an input, each with its place. */
function problemAnswer(thrown: unknown): Answer {
  const problems = problemsOf(thrown).map(({ summary, path }) => ({
    path: (path ?? []).map((step) => (typeof step === 'object' ? step.key : step)),
    summary,
  }));
  return json({ problems }, 400);
}

function armed(faults: Faults): Answer {
  return json({ faults: faults.all() as unknown as Json }); // Rules are plain data.
}
