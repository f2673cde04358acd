import { Problem } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import {
  BRIEF,
  couldCollide,
  lookFor,
  lookWhetherGone,
  madeElsewhere,
  notGone,
  notSeen,
  PATIENT,
} from '../looking.ts';
import { guardOrganization } from '../organization/index.ts';
import { serviceAccounts } from '../service-account/index.ts';
import { type Collection, callOf, effectOf, type Session } from '../session.ts';
import { composedName, isAmbiguous, spelledName } from '../spelling.ts';
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

const LIST = 'list of teams';

/** Creates a team, exactly once: without a clear answer it looks before it decides. */
export async function createTeam(name: string, op: Operation<Session>): Promise<Team> {
  const { session } = op;
  session.cost.applying();
  await session.guard(teams);
  // Seen by the plan, which refuses to make it twice.
  const before = session.snapshot(teams).known?.some((team) => team.name === name) === true;
  let created: Team = { name, createdAt: undefined, userCount: 0, parallels: undefined };
  try {
    await session.client.send(wire.createTeam, { ...callOf(op), query: { team_name: name } });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (effectOf(error) === 'none') throw refusedTeam(error, name, 'created');
    created = await findCreated(name, before, error, op);
  }
  session.snapshot(teams).patch((all) => [...all.filter((team) => team.name !== name), created]);
  return created;
}

async function findCreated(
  name: string,
  before: boolean,
  failure: Problem,
  op: Operation<Session>,
): Promise<Team> {
  const looked = await lookFor(
    effectOf(failure) === 'refused' ? BRIEF : PATIENT,
    () => op.session.snapshot(teams).fresh(),
    (all) => all.find((team) => team.name === name),
    op,
  );
  const object = `Team "${name}"`;
  const ifThere = `import it: terraform import ADDRESS '${name}'.`;
  if (looked.found === undefined)
    throw refusedTeam(
      notSeen({ object, list: LIST, where: 'in the console', ifThere }, failure, looked),
      name,
      'created',
    );
  if (before || couldCollide(failure)) throw madeElsewhere(object, failure, ifThere);
  return looked.found;
}

/** Deletes for good. A team that is gone already is a success, however the service says so. */
export async function deleteTeam(name: string, op: Operation<Session>): Promise<void> {
  const { session } = op;
  session.cost.applying();
  await session.guard(teams);
  const snapshot = session.snapshot(teams);
  // The list tells how the service spells it.
  if (isAmbiguous(name)) await snapshot.get();
  try {
    const query = { team_name: spelledName(session, name) };
    await session.client.send(wire.deleteTeam, { ...callOf(op), query });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (effectOf(error) === 'none') throw refusedTeam(error, name, 'deleted');
    const list = () => snapshot.fresh();
    const has = (all: readonly Team[]) => all.some((team) => team.name === name);
    const gone = await lookWhetherGone(list, has, effectOf(error), op);
    if (!gone.found) throw notGone(`Team "${name}"`, LIST, refusedTeam(error, name, 'deleted'), gone);
  }
  // Another team may get the name, even in this run.
  const createdAt = snapshot.known?.find((team) => team.name === name)?.createdAt;
  snapshot.remove((team) => team.name === name && team.createdAt === createdAt);
}

/** Who may not, and what belongs to the identity provider: the service answers both alike. */
function refusedTeam(refusal: Problem, name: string, done: 'created' | 'deleted'): Problem {
  if (refusal.code !== 'forbidden' && refusal.code !== 'invalid_input') return refusal;
  return new Problem({
    code: refusal.code,
    summary: `Team "${name}" cannot be ${done}`,
    detail: `${refusal.detail}${effectOf(refusal) === 'none' ? ' Nothing was changed.' : ''} Teams are ${done} by the Owner or an Admin of the organization, not by a Team Admin. With Auto User Provisioning (SCIM) they belong to the identity provider: make them there, read them here with data "browserstack_team", and take this block out (a removed block, or deletion_policy = "abandon").`,
    path: ['name'],
    cause: refusal,
  });
}

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
