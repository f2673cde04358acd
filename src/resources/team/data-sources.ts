import type { DataSource } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import type { Session } from '../session.ts';
import { teams } from './api.ts';
import { findTeam } from './lookup.ts';
import { stateOf } from './resource.ts';
import { parallelsAttributes, teamName } from './schema.ts';

const facts = {
  created_at: attribute.string({
    computed: true,
    nullable: true,
    description: 'When the team was made (RFC 3339).',
  }),
  user_count: attribute.integer({ computed: true, description: 'Number of people in the team.' }),
  parallels: attribute.single(parallelsAttributes, {
    computed: true,
    nullable: true,
    description: 'Parallel sessions of the team.',
  }),
};

const teamData = defineSchema({
  description: 'One team, by name. All teams together cost one request per run.',
  attributes: {
    name: attribute.string({ required: true, validate: teamName, description: 'Name of the team.' }),
    ...facts,
  },
});

const teamsData = defineSchema({
  description: 'All teams of the organization. Costs one request per run.',
  attributes: {
    names: attribute.strings({ computed: true, description: 'Names, sorted.' }),
    teams: attribute.listOf(
      { name: attribute.string({ computed: true, description: 'Name of the team.' }), ...facts },
      { computed: true, description: 'The teams, sorted by name.' },
    ),
  },
});

export const teamDataSource: DataSource<Session, typeof teamData> = {
  type: 'browserstack_team',
  schema: teamData,
  async read({ name }, { session }) {
    return factsOf(stateOf(await findTeam(session, String(name))));
  },
};

export const teamsDataSource: DataSource<Session, typeof teamsData> = {
  type: 'browserstack_teams',
  schema: teamsData,
  async read(_config, { session }) {
    const all = (await session.snapshot(teams).get())
      .map((team) => factsOf(stateOf(team)))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
    return { names: all.map(({ name }) => name), teams: all };
  },
};

function factsOf({ name, created_at, user_count, parallels }: ReturnType<typeof stateOf>) {
  return { name, created_at, user_count, parallels };
}
