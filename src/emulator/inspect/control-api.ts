// The control API, for tests and demos. It is no part of the API: nothing here is counted, throttled, faulted or logged.

import { problemsOf } from '../../errors.ts';
import { type Faults, parseFaults } from '../faults/faults.ts';
import { readJsonBody } from '../http/parameters.ts';
import { type Answer, type Json, json } from '../http/responses.ts';
import { Refusal } from '../organization/refusal.ts';
import type { RequestLog } from './request-log.ts';

export const CONTROL_PREFIX = '/_local/';

export interface ControlParts {
  readonly requestLog: RequestLog;
  readonly faults: Faults;
}

/** Answers `GET|DELETE /_local/requests` and `GET|POST|DELETE /_local/faults`. */
export async function handleControl(parts: ControlParts, request: Request): Promise<Answer> {
  const { requestLog, faults } = parts;
  const { pathname } = new URL(request.url);
  switch (`${request.method} ${pathname}`) {
    case 'GET /_local/requests':
      return json({ count: requestLog.count, requests: requestLog.all() as unknown as Json }); // Records are plain data.
    case 'DELETE /_local/requests':
      requestLog.clear();
      return json({ count: 0, requests: [] });
    case 'GET /_local/faults':
      return json(faultsOf(faults));
    case 'DELETE /_local/faults':
      faults.clear();
      return json(faultsOf(faults));
    case 'POST /_local/faults': {
      const body = await readJsonBody(request);
      if (body instanceof Refusal) return json({ message: body.message }, body.status);
      try {
        faults.inject(parseFaults(body));
      } catch (thrown) {
        return problemAnswer(thrown);
      }
      return json(faultsOf(faults));
    }
    default:
      return json({ message: `No such control: ${request.method} ${pathname}` }, 404);
  }
}

/** All problems of an input, each with its place. */
export function problemAnswer(thrown: unknown): Answer {
  const problems = problemsOf(thrown).map(({ summary, path }) => ({
    path: (path ?? []).map((step) => (typeof step === 'object' ? step.key : step)),
    summary,
  }));
  return json({ problems }, 400);
}

function faultsOf(faults: Faults): Json {
  return { faults: faults.all() as unknown as Json }; // Rules are plain data.
}
