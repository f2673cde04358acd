// What people do in the browser, as members of the organization: the same rules as the API, without its limits.

import type { Caller, Context } from '../context.ts';
import { type Answer, type Json, json } from '../http/responses.ts';
import { createAccount, deleteAccount, listAccounts, updateAccount } from '../organization/accounts.ts';
import { recycleKey } from '../organization/keys.ts';
import { Refusal, refuse } from '../organization/refusal.ts';
import { organizationAdministration } from '../organization/roles.ts';
import { createTeam, deleteTeam } from '../organization/teams.ts';
import { acceptInvitation, inviteUser, moveUser } from '../organization/users.ts';

type Fields = Readonly<Record<string, unknown>>;
type Action = (context: Context, caller: Caller, fields: Fields) => Json | Refusal;

const actions: Readonly<Record<string, Action>> = {
  'create-account': (context, caller, fields) => {
    const made = createAccount(context, caller, {
      identifier: text(fields.identifier),
      team: text(fields.team),
    });
    return made instanceof Refusal ? made : { username: made.username };
  },
  // The page and its newer twin have accounts edited here; that the API can do it is only a switch.
  'update-account': (context, caller, fields) => {
    const wanted = { identifier: text(fields.identifier), team: text(fields.team) };
    const changed = updateAccount(context, caller, text(fields.username), wanted);
    return changed instanceof Refusal ? changed : { username: changed.username };
  },
  'delete-account': (context, caller, fields) => {
    const gone = deleteAccount(context, caller, text(fields.username));
    return gone instanceof Refusal ? gone : { username: gone.username };
  },
  'reveal-key': (context, caller, fields) => {
    const account = visibleAccount(context, caller, fields);
    return account instanceof Refusal ? account : { access_key: account.accessKey };
  },
  // No person can do this for an account: it stands for the account's own curl line, run by somebody who has its key.
  'recycle-key': (context, caller, fields) => {
    const account = visibleAccount(context, caller, fields);
    if (account instanceof Refusal) return account;
    recycleKey(context, { kind: 'service-account', account });
    return { username: account.username };
  },
  'create-team': (context, caller, fields) => {
    const team = createTeam(context, caller, text(fields.name));
    return team instanceof Refusal ? team : { name: team.name };
  },
  'delete-team': (context, caller, fields) => {
    const team = deleteTeam(context, caller, text(fields.name));
    return team instanceof Refusal ? team : { name: team.name };
  },
  'invite-user': (context, caller, fields) => {
    const user = inviteUser(context, caller, {
      email: text(fields.email) ?? '',
      fullName: text(fields.full_name) ?? '',
      role: text(fields.role) || 'user',
      team: text(fields.team) ?? '',
    });
    return user instanceof Refusal ? user : { email: user.email };
  },
  'accept-invitation': (context, _, fields) => {
    const user = acceptInvitation(context, text(fields.email) ?? '');
    return user instanceof Refusal ? user : { username: user.username };
  },
  'move-user': (context, caller, fields) => {
    const user = moveUser(context, caller, text(fields.email) ?? '', text(fields.team) || null);
    return user instanceof Refusal ? user : { email: user.email };
  },
  // Manage Data Access belongs to the Owner alone.
  'set-data-access': (context, caller, fields) => {
    const reach = organizationAdministration(context, caller);
    if (reach instanceof Refusal) return reach;
    if (!reach.owner) return refuse(403, 'Only the Owner manages data access.');
    const wanted = fields.value;
    if (wanted !== 'organization' && wanted !== 'team')
      return refuse(422, 'Data access is organization or team.');
    context.state.organization.dataAccess = wanted;
    return { data_access: wanted };
  },
};

/** Does what a member clicked on. */
export function act(context: Context, caller: Caller, fields: Fields): Answer {
  const name = text(fields.action) ?? '';
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  const done =
    action?.({ ...context, inBrowser: true }, caller, fields) ?? refuse(404, `There is no action "${name}".`);
  return done instanceof Refusal ? json({ message: done.message }, done.status) : json(done);
}

function visibleAccount(context: Context, caller: Caller, fields: Fields) {
  const accounts = listAccounts(context, caller, 0);
  if (accounts instanceof Refusal) return accounts;
  const account = accounts.find(({ username }) => username === fields.username);
  return account ?? refuse(404, 'Service account not found.');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
