// The console's own calls. A member signs in by name alone: it is a demo. A service account cannot, as on the page.

import type { Caller, Context } from '../context.ts';
import { readJsonBody } from '../http/body.ts';
import { localRoute } from '../http/local-route.ts';
import { html, json } from '../http/responses.ts';
import type { Route } from '../http/router.ts';
import { recordActivity } from '../organization/audit.ts';
import { Refusal, refuse } from '../organization/refusal.ts';
import type { ServerRequest } from '../transport/request.ts';
import { act } from './actions.ts';
import { page } from './page.ts';
import { members, viewOf, type Watched } from './view.ts';

export interface ConsoleParts extends Watched {
  readonly save: () => Promise<void>;
}

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
};

/** The routes of `/` and `/_local/console/…`. */
export function consoleRoutes(parts: ConsoleParts): readonly Route[] {
  const { context, save } = parts;
  return [
    localRoute('GET', '/', () => html(200, page, HEADERS)),
    localRoute('GET', '/_local/console/members', () => json({ members: members(context) })),
    localRoute('POST', '/_local/console/sign-in', async ({ request }) => {
      const caller = memberOf(context, (await fieldsOf(request)).username);
      if (caller instanceof Refusal) return json({ message: caller.message }, caller.status);
      recordActivity(context, caller, 'signed_in', 'accounts');
      await save();
      return json(viewOf(parts, caller));
    }),
    localRoute('GET', '/_local/console/view', ({ request }) => {
      const caller = memberOf(context, new URLSearchParams(request.search).get('as'));
      if (caller instanceof Refusal) return json({ message: caller.message }, caller.status);
      return json(viewOf(parts, caller));
    }),
    localRoute('POST', '/_local/console/act', async ({ request }) => {
      const fields = await fieldsOf(request);
      const caller = memberOf(context, fields.as);
      if (caller instanceof Refusal) return json({ message: caller.message }, caller.status);
      const answer = act(context, caller, fields);
      await save();
      return answer;
    }),
  ];
}

function memberOf(context: Context, username: unknown): Caller | Refusal {
  const user = context.state.users.find((candidate) => candidate.username === username && username !== '');
  if (user?.status === 'active') return { kind: 'user', user };
  if (context.state.accounts.some((account) => account.username === username))
    return refuse(403, 'Service accounts have no password and cannot sign in.');
  return refuse(403, user === undefined ? 'There is no such member.' : 'This member is disabled.');
}

async function fieldsOf(request: ServerRequest): Promise<Readonly<Record<string, unknown>>> {
  const body = await readJsonBody(request);
  // Any object can be asked for any name; what comes back is checked where it is used.
  return typeof body === 'object' && body !== null && !(body instanceof Refusal)
    ? (body as Readonly<Record<string, unknown>>)
    : {};
}
