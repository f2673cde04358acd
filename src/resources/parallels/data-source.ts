// The ledger of parallel sessions: what the teams were given against what the organization has.

import type { Warning } from '../../lifecycle/operation.ts';
import type { DataSource } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import { automatePlan } from '../automate-plan/index.ts';
import type { Session } from '../session.ts';
import { type Team, teams } from '../team/index.ts';

const share = (product: string) => ({
  computed: true as const,
  nullable: true as const,
  description: `${product} sessions of the team; null where the service does not say.`,
});
const source = {
  computed: true as const,
  nullable: true as const,
  description: '`Team`: an allocation of its own. `Org`: it shares what is left.',
};

const schema = defineSchema({
  description:
    'Parallel sessions given to teams, against those of the organization. Warns of teams that were given more than there is, and of teams with none. Costs one request of the account-management budget and one of the Automate budget per run.',
  attributes: {
    automate_total: attribute.integer({
      computed: true,
      description: 'Automate sessions of the organization, as its plan has them.',
    }),
    automate_allocated: attribute.integer({
      computed: true,
      description: 'Sum of the Automate allocations of teams of their own.',
    }),
    automate_shared: attribute.integer({
      computed: true,
      description: 'What is left for everybody else; negative when more was given than there is.',
    }),
    app_automate_allocated: attribute.integer({
      computed: true,
      description:
        'Sum of the App Automate allocations of teams of their own. (Its total is on another host and not read.)',
    }),
    teams: attribute.listOf(
      {
        name: attribute.string({ computed: true, description: 'Name of the team.' }),
        automate: attribute.integer(share('Automate')),
        automate_source: attribute.string(source),
        app_automate: attribute.integer(share('App Automate')),
        app_automate_source: attribute.string(source),
      },
      { computed: true, description: 'The teams, sorted by name.' },
    ),
  },
});

export const parallelsDataSource: DataSource<Session, typeof schema> = {
  type: 'browserstack_parallels',
  schema,
  async read(_config, { session, warn }) {
    const all = [...(await session.snapshot(teams).get())].sort((a, b) => a.name.localeCompare(b.name, 'en'));
    const { parallel_sessions_max_allowed: total } = await automatePlan(session);
    const allocated = sumOf(all, 'automate');
    for (const warning of warningsOf(all, total, allocated)) warn(warning);
    return {
      automate_total: total,
      automate_allocated: allocated,
      automate_shared: total - allocated,
      app_automate_allocated: sumOf(all, 'appAutomate'),
      teams: all.map(({ name, parallels }) => ({
        name,
        automate: parallels?.automate?.value ?? null,
        automate_source: parallels?.automate?.source ?? null,
        app_automate: parallels?.appAutomate?.value ?? null,
        app_automate_source: parallels?.appAutomate?.source ?? null,
      })),
    };
  },
};

function sumOf(all: readonly Team[], product: 'automate' | 'appAutomate'): number {
  return all.reduce((sum, { parallels }) => {
    const share = parallels?.[product];
    return share?.source === 'Team' ? sum + share.value : sum;
  }, 0);
}

function warningsOf(all: readonly Team[], total: number, allocated: number): readonly Warning[] {
  const own = (team: Team) => team.parallels?.automate?.source === 'Team';
  const sharing = all.filter((team) => !own(team)).map(({ name }) => name);
  const none = all.filter((team) => own(team) && team.parallels?.automate?.value === 0);
  const warnings: Warning[] = [];
  if (allocated > total)
    warnings.push({
      diagnostic: 'parallels',
      summary: `Teams were given ${allocated} Automate sessions, and the plan has ${total}`,
      detail: `They cannot all be used at once; teams wait for each other. Allocations: ${all
        .filter(own)
        .map(({ name, parallels }) => `${name} ${parallels?.automate?.value}`)
        .join(', ')}.`,
    });
  else if (allocated === total && sharing.length > 0)
    warnings.push({
      diagnostic: 'parallels',
      summary: 'No Automate session is left for teams without an allocation of their own',
      detail: `All ${total} are given to other teams. These share what is left, nothing: ${sharing.join(', ')}. Their tests fail with "all parallel tests in use".`,
    });
  if (none.length > 0)
    warnings.push({
      diagnostic: 'parallels',
      summary: 'Teams without a single Automate session',
      detail: `An allocation of 0 is an allocation: ${none.map(({ name }) => name).join(', ')} can run nothing.`,
    });
  return warnings;
}
