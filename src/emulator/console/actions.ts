// What people do in the browser, as members of the organization: the same rules as the API, without its limits.

import { createAccount, deleteAccount, listAccounts, updateAccount } from '../accounts.ts';
import { type Answer, type Json, json, Refusal, refuse } from '../answer.ts';
import { recycleKey } from '../keys.ts';
import { organizationAdministration } from '../roles.ts';
import { createTeam, deleteTeam } from '../teams.ts';
import { acceptInvitation, inviteUser, moveUser } from '../users.ts';
import type { Caller, World } from '../world.ts';

type Fields = Readonly<Record<string, unknown>>;
type Action = (world: World, caller: Caller, fields: Fields) => Json | Refusal;

const actions: Readonly<Record<string, Action>> = {
  'create-account': (world, caller, fields) => {
    const made = createAccount(world, caller, {
      identifier: text(fields.identifier),
      team: text(fields.team),
    });
    return made instanceof Refusal ? made : { username: made.username };
  },
  // The page and its newer twin have accounts edited here; that the API can do it is only a switch.
  'update-account': (world, caller, fields) => {
    const wanted = { identifier: text(fields.identifier), team: text(fields.team) };
    const changed = updateAccount(world, caller, text(fields.username), wanted);
    return changed instanceof Refusal ? changed : { username: changed.username };
  },
  'delete-account': (world, caller, fields) => {
    const gone = deleteAccount(world, caller, text(fields.username));
    return gone instanceof Refusal ? gone : { username: gone.username };
  },
  'reveal-key': (world, caller, fields) => {
    const account = visibleAccount(world, caller, fields);
    return account instanceof Refusal ? account : { access_key: account.accessKey };
  },
  // No person can do this for an account: it stands for the account's own curl line, run by somebody who has its key.
  'recycle-key': (world, caller, fields) => {
    const account = visibleAccount(world, caller, fields);
    if (account instanceof Refusal) return account;
    recycleKey(world, { kind: 'service-account', account });
    return { username: account.username };
  },
  'create-team': (world, caller, fields) => {
    const team = createTeam(world, caller, text(fields.name));
    return team instanceof Refusal ? team : { name: team.name };
  },
  'delete-team': (world, caller, fields) => {
    const team = deleteTeam(world, caller, text(fields.name));
    return team instanceof Refusal ? team : { name: team.name };
  },
  'invite-user': (world, caller, fields) => {
    const user = inviteUser(world, caller, {
      email: text(fields.email) ?? '',
      fullName: text(fields.full_name) ?? '',
      role: text(fields.role) ?? '',
      team: text(fields.team) ?? '',
    });
    return user instanceof Refusal ? user : { email: user.email };
  },
  'accept-invitation': (world, _, fields) => {
    const user = acceptInvitation(world, text(fields.email) ?? '');
    return user instanceof Refusal ? user : { username: user.username };
  },
  'move-user': (world, caller, fields) => {
    const user = moveUser(world, caller, text(fields.email) ?? '', text(fields.team) || null);
    return user instanceof Refusal ? user : { email: user.email };
  },
  // Manage Data Access belongs to the Owner alone.
  'set-data-access': (world, caller, fields) => {
    const reach = organizationAdministration(world, caller);
    if (reach instanceof Refusal) return reach;
    if (!reach.owner) return refuse(403, 'Only the Owner manages data access.');
    const wanted = fields.value;
    if (wanted !== 'organization' && wanted !== 'team')
      return refuse(422, 'Data access is organization or team.');
    world.state.organization.dataAccess = wanted;
    return { data_access: wanted };
  },
};

/** Does what a member clicked on. */
export function act(world: World, caller: Caller, fields: Fields): Answer {
  const name = text(fields.action) ?? '';
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  const done =
    action?.({ ...world, inBrowser: true }, caller, fields) ?? refuse(404, `There is no action "${name}".`);
  return done instanceof Refusal ? json({ message: done.message }, done.status) : json(done);
}

function visibleAccount(world: World, caller: Caller, fields: Fields) {
  const accounts = listAccounts(world, caller, 0);
  if (accounts instanceof Refusal) return accounts;
  const account = accounts.find(({ username }) => username === fields.username);
  return account ?? refuse(404, 'Service account not found.');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
