import { Problem } from '../../errors.ts';
import type { DataSource } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import { isUnknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { type ServiceAccount, serviceAccounts } from './api.ts';
import { findByIdentifier, findByUsername } from './lookup.ts';

const team = attribute.string({
  computed: true,
  nullable: true,
  description: 'Its team; null for an account of the organization.',
});
const organizationLevel = attribute.bool({
  computed: true,
  description: 'True when the account belongs to the organization rather than to a team.',
});

const one = defineSchema({
  description:
    'One service account, by identifier or by user name. Never shows its key. All accounts together cost one request per run.',
  attributes: {
    identifier: attribute.string({
      optional: true,
      computed: true,
      description: 'Its identifier. Give this or `username`.',
    }),
    username: attribute.string({
      optional: true,
      computed: true,
      description: 'Its user name. Give this or `identifier`.',
    }),
    team,
    organization_level: organizationLevel,
  },
});

const each = {
  identifier: attribute.string({ computed: true, description: 'Its identifier.' }),
  username: attribute.string({ computed: true, description: 'Its user name.' }),
  team,
  organization_level: organizationLevel,
};

const many = defineSchema({
  description: 'All service accounts that the credentials can see, without keys. Costs one request per run.',
  attributes: {
    team: attribute.string({ optional: true, description: 'Only the accounts of this team.' }),
    service_accounts: attribute.listOf(each, {
      computed: true,
      description: 'The accounts, sorted by identifier.',
    }),
  },
});

const unmanaged = defineSchema({
  description:
    'Service accounts that a configuration does not manage: made in the console, by scripts, or by another configuration. Costs one request per run.',
  attributes: {
    managed: attribute.stringSet({
      required: true,
      description:
        'User names of the accounts that are managed, e.g. `[for one in browserstack_service_account.all : one.username]`.',
    }),
    service_accounts: attribute.listOf(each, {
      computed: true,
      description: 'The accounts that are not among them, sorted by identifier.',
    }),
    duplicates: attribute.listOf(each, {
      computed: true,
      description: 'Accounts, managed or not, that share their identifier with another one.',
    }),
    missing: attribute.strings({
      computed: true,
      description: 'User names among `managed` that these credentials do not see, sorted.',
    }),
  },
});

export const serviceAccountDataSource: DataSource<Session, typeof one> = {
  type: 'browserstack_service_account',
  schema: one,
  validate({ identifier, username }) {
    const given = [identifier, username].filter((value) => value !== null).length;
    if (given === 1) return [];
    return [
      new Problem({
        code: 'invalid_input',
        summary: 'Give either identifier or username',
        detail: given === 0 ? 'Neither is given.' : 'Both are given.',
        path: ['identifier'],
      }),
    ];
  },
  async read({ identifier, username }, { session }) {
    if (isUnknown(username) || isUnknown(identifier))
      throw new Error('a data source was read with unknown configuration');
    const find =
      identifier === null ? findByUsername(session, username ?? '') : findByIdentifier(session, identifier);
    const found = factsOf(await find);
    // Identifiers are found whatever their case; what was written stays as it was written.
    return { ...found, identifier: identifier ?? found.identifier };
  },
};

export const serviceAccountsDataSource: DataSource<Session, typeof many> = {
  type: 'browserstack_service_accounts',
  schema: many,
  async read({ team: only }, { session }) {
    if (isUnknown(only)) throw new Error('a data source was read with unknown configuration');
    const accounts = await session.snapshot(serviceAccounts).get();
    const wanted = accounts.filter((account) => only === null || account.team === only);
    return { team: only, service_accounts: sorted(wanted) };
  },
};

export const unmanagedServiceAccountsDataSource: DataSource<Session, typeof unmanaged> = {
  type: 'browserstack_unmanaged_service_accounts',
  schema: unmanaged,
  async read({ managed }, { session }) {
    if (isUnknown(managed) || managed.some(isUnknown))
      throw new Error('a data source was read with unknown configuration');
    // Just checked: none is unknown.
    const ours = new Set(managed as readonly string[]);
    const snapshot = session.snapshot(serviceAccounts);
    const listed = new Set((await snapshot.get()).map(({ username }) => username));
    const all = [...ours].every((username) => listed.has(username))
      ? await snapshot.get()
      : await snapshot.again();
    const seen = new Set(all.map(({ username }) => username));
    const count = new Map<string, number>();
    for (const { identifier } of all)
      count.set(identifier.toLowerCase(), (count.get(identifier.toLowerCase()) ?? 0) + 1);
    return {
      managed: [...ours],
      service_accounts: sorted(all.filter(({ username }) => !ours.has(username))),
      duplicates: sorted(all.filter(({ identifier }) => (count.get(identifier.toLowerCase()) ?? 0) > 1)),
      missing: [...ours].filter((username) => !seen.has(username)).sort(),
    };
  },
};

function sorted(accounts: readonly ServiceAccount[]) {
  return accounts
    .map(factsOf)
    .sort(
      (a, b) => a.identifier.localeCompare(b.identifier, 'en') || a.username.localeCompare(b.username, 'en'),
    );
}

function factsOf({ identifier, username, team: name }: ServiceAccount) {
  return { identifier, username, team: name ?? null, organization_level: name === undefined };
}
