// The console's own calls. A member signs in by name alone: it is a demo. A service account cannot, as on the page.

import type { Caller, Context } from '../context.ts';
import { readJsonBody } from '../http/parameters.ts';
import { type Answer, html, json } from '../http/responses.ts';
import { recordActivity } from '../organization/audit.ts';
import { Refusal, refuse } from '../organization/refusal.ts';
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

/** Answers `/` and `/_local/console…`; undefined for every other path. */
export async function handleConsole(parts: ConsoleParts, request: Request): Promise<Answer | undefined> {
  const { pathname, searchParams } = new URL(request.url);
  switch (`${request.method} ${pathname}`) {
    case 'GET /':
      return html(200, page, HEADERS);
    case 'GET /_local/console/members':
      return json({ members: members(parts.context) });
    case 'POST /_local/console/sign-in': {
      const caller = memberOf(parts.context, (await fieldsOf(request)).username);
      if (caller instanceof Refusal) return json({ message: caller.message }, caller.status);
      recordActivity(parts.context, caller, 'signed_in', 'accounts');
      await parts.save();
      return json(viewOf(parts, caller));
    }
    case 'GET /_local/console/view': {
      const caller = memberOf(parts.context, searchParams.get('as'));
      if (caller instanceof Refusal) return json({ message: caller.message }, caller.status);
      return json(viewOf(parts, caller));
    }
    case 'POST /_local/console/act': {
      const fields = await fieldsOf(request);
      const caller = memberOf(parts.context, fields.as);
      if (caller instanceof Refusal) return json({ message: caller.message }, caller.status);
      const answer = act(parts.context, caller, fields);
      await parts.save();
      return answer;
    }
    default:
      return undefined;
  }
}

function memberOf(context: Context, username: unknown): Caller | Refusal {
  const user = context.state.users.find((candidate) => candidate.username === username && username !== '');
  if (user?.status === 'active') return { kind: 'user', user };
  if (context.state.accounts.some((account) => account.username === username))
    return refuse(403, 'Service accounts have no password and cannot sign in.');
  return refuse(403, user === undefined ? 'There is no such member.' : 'This member is disabled.');
}

async function fieldsOf(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const body = await readJsonBody(request);
  // Any object can be asked for any name; what comes back is checked where it is used.
  return typeof body === 'object' && body !== null && !(body instanceof Refusal)
    ? (body as Readonly<Record<string, unknown>>)
    : {};
}
