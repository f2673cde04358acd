import { Problem } from '../../errors.ts';
import type { DataSource } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import { oneOf } from '../../schema/validators.ts';
import { isUnknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { type User, users } from './api.ts';
import { findUserByEmail, findUserByUsername } from './lookup.ts';

const facts = {
  full_name: attribute.string({ computed: true, description: 'Name of the person.' }),
  role: attribute.string({
    computed: true,
    description: '`owner`, `admin` or `user`; an admin with a team is a Team Admin.',
  }),
  team: attribute.string({
    computed: true,
    nullable: true,
    description: 'The team of the person; null for somebody of the organization.',
  }),
  additional_teams: attribute.strings({
    computed: true,
    description: 'Teams beside that one (multiple teams is a beta feature of BrowserStack).',
  }),
  status: attribute.string({
    computed: true,
    description: '`pending` (invited), `active`, or `disabled`.',
  }),
  product_access: attribute.strings({
    computed: true,
    description: 'Products the person has access to, sorted.',
  }),
};

const one = defineSchema({
  description:
    'One person of the organization, by e-mail address or by user name. All people together cost two requests per run.',
  attributes: {
    email: attribute.string({
      optional: true,
      computed: true,
      description: 'E-mail address. Give this or `username`.',
    }),
    username: attribute.string({
      optional: true,
      computed: true,
      description: 'User name; empty while the invitation is pending. Give this or `email`.',
    }),
    ...facts,
  },
});

const many = defineSchema({
  description: 'The people that the credentials can see. Costs two requests per run.',
  attributes: {
    team: attribute.string({
      optional: true,
      description: 'Only people of this team, additional teams included.',
    }),
    role: attribute.string({
      optional: true,
      validate: [oneOf('owner', 'admin', 'user')],
      description: 'Only people with this role.',
    }),
    status: attribute.string({
      optional: true,
      validate: [oneOf('pending', 'active', 'disabled')],
      description: 'Only people with this status.',
    }),
    users: attribute.listOf(
      {
        email: attribute.string({ computed: true, description: 'E-mail address.' }),
        username: attribute.string({
          computed: true,
          description: 'User name; empty while the invitation is pending.',
        }),
        ...facts,
      },
      { computed: true, description: 'The people, sorted by e-mail address.' },
    ),
  },
});

export const userDataSource: DataSource<Session, typeof one> = {
  type: 'browserstack_user',
  schema: one,
  validate({ email, username }) {
    const given = [email, username].filter((value) => value !== null).length;
    if (given === 1) return [];
    return [
      new Problem({
        code: 'invalid_input',
        summary: 'Give either email or username',
        detail: given === 0 ? 'Neither is given.' : 'Both are given.',
        path: ['email'],
      }),
    ];
  },
  async read({ email, username }, { session }) {
    if (isUnknown(username) || isUnknown(email))
      throw new Error('a data source was read with unknown configuration');
    const find =
      email === null ? findUserByUsername(session, username ?? '') : findUserByEmail(session, email);
    const found = factsOf(await find);
    // Addresses are found whatever their case; what was written stays as it was written.
    return { ...found, email: email ?? found.email };
  },
};

export const usersDataSource: DataSource<Session, typeof many> = {
  type: 'browserstack_users',
  schema: many,
  async read({ team, role, status }, { session }) {
    if (isUnknown(team) || isUnknown(role) || isUnknown(status))
      throw new Error('a data source was read with unknown configuration');
    const wanted = (await users(session)).filter(
      (user) =>
        (team === null || [...user.teams, ...user.additionalTeams].includes(team)) &&
        (role === null || user.role === role) &&
        (status === null || user.status === status),
    );
    const sorted = wanted.map(factsOf).sort((a, b) => a.email.localeCompare(b.email, 'en'));
    return { team, role, status, users: sorted };
  },
};

function factsOf({ email, username, fullName, role, teams, additionalTeams, status, products }: User) {
  return {
    email,
    username: username ?? '',
    full_name: fullName,
    role,
    team: teams[0] ?? null,
    additional_teams: additionalTeams,
    status,
    product_access: products,
  };
}
