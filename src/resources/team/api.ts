import { guardOrganization } from '../organization/index.ts';
import { serviceAccounts } from '../service-account/index.ts';
import type { Collection, Session } from '../session.ts';
import { composedName } from '../spelling.ts';
import { explainUnavailable } from '../unavailable.ts';
import * as wire from './wire.ts';

/** A share of parallel sessions, and whose it is (`Team` or `Org`). */
export interface Allocation {
  readonly value: number;
  readonly source: string;
}

export interface Team {
  readonly name: string;
  /** Absent for a team made in this run: the creation answers without it. */
  readonly createdAt: string | undefined;
  readonly userCount: number;
  readonly parallels: { readonly automate?: Allocation; readonly appAutomate?: Allocation } | undefined;
}

export const teams: Collection<Team> = {
  name: 'teams',
  idOf: ({ name }) => name,
  async list(session) {
    const { body } = await session.client
      .send(wire.listTeams, { onWait: session.onWait })
      .catch((error) => explainUnavailable(error, 'teams', { needsSupport: true }));
    const organizations = body.team_details.flatMap(({ user_details: users }) =>
      (users ?? []).flatMap(({ organization_name: name }) => (name ? [name] : [])),
    );
    // Teams without people give no name away; the accounts, which every plan lists anyway, have a guard of their own.
    if (organizations.length > 0) await guardOrganization(session, [...new Set(organizations)]);
    else if (session.settings.organization !== undefined) await session.snapshot(serviceAccounts).get();
    return body.team_details.map((team) => fromWire(team, session));
  },
};

function fromWire(team: wire.WireTeam, session: Session): Team {
  const { automate, app_automate: appAutomate } = team.parallels_allocated ?? {};
  return {
    name: composedName(session, team.name),
    createdAt: team.created_at ?? undefined,
    userCount: team.user_count ?? team.user_details?.length ?? 0,
    parallels: team.parallels_allocated
      ? {
          ...(automate ? { automate: allocation(automate) } : {}),
          ...(appAutomate ? { appAutomate: allocation(appAutomate) } : {}),
        }
      : undefined,
  };
}

function allocation({ val, type }: wire.WireAllocation): Allocation {
  return { value: val, source: type };
}
