// The list of accounts is asked for again and again, and seldom differs: it is put into JSON once per change.

import type { Context } from '../context.ts';
import { type Answer, type Json, json } from '../http/responses.ts';
import type { ServiceAccount, State } from '../organization/state.ts';
import { listedAccountOnTheWire } from './wire.ts';

/** What of an account a list shows and a call can change. */
type Shown = Pick<ServiceAccount, 'identifier' | 'accessKey' | 'team'> & { readonly of: ServiceAccount };

interface Encoded {
  readonly shown: readonly Shown[];
  readonly answer: Answer;
}

/** By how many there are: callers of different reach seldom see equally many. */
const known = new WeakMap<State, Map<number, Encoded>>();

export function encodedAccounts(context: Context, accounts: readonly ServiceAccount[]): Answer {
  const lists = known.get(context.state) ?? new Map<number, Encoded>();
  known.set(context.state, lists);
  const last = lists.get(accounts.length);
  if (last !== undefined && accounts.every((account, at) => isShown(account, last.shown[at])))
    return last.answer;
  const answer = encoded(accounts.map((account) => listedAccountOnTheWire(context, account)));
  const shown = accounts.map((of) => ({
    of,
    identifier: of.identifier,
    accessKey: of.accessKey,
    team: of.team,
  }));
  // As many accounts as there are, are seen by few kinds of callers: nothing piles up here.
  if (lists.size > 8) lists.clear();
  lists.set(accounts.length, { shown, answer });
  return answer;
}

function encoded(list: Json): Answer {
  const answer = json(list);
  return { ...answer, body: { json: list, encoded: Buffer.from(JSON.stringify(list)) } };
}

function isShown(account: ServiceAccount, shown: Shown | undefined): boolean {
  return (
    shown?.of === account &&
    shown.identifier === account.identifier &&
    shown.accessKey === account.accessKey &&
    shown.team === account.team
  );
}
