// The two writes of a team. Whatever goes wrong with one, the list is looked at before anything is concluded, unless the
// call was turned away at the door.

import { Problem } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import { folded, isSpelledInOneWay, sameText } from '../../schema/equal.ts';
import { importCommand } from '../advice.ts';
import { lookAfterWrites } from '../after-writes.ts';
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
import { type Making, makeOnce } from '../making.ts';
import { callOf, effectOf, type Session } from '../session.ts';
import { spelledName } from '../spelling.ts';
import { type Team, teams } from './api.ts';
import { sameName, TYPE } from './identity.ts';
import { refuseTaken } from './taking.ts';
import * as wire from './wire.ts';

const LIST = 'list of teams';

const afterwards = lookAfterWrites<Team>();

/** The team as it is after its creation, which answers nothing of it. Creations side by side share one list. */
export async function teamAfterCreation(name: string, session: Session): Promise<Team | undefined> {
  const all = await afterwards(session).look(() => session.snapshot(teams).fresh());
  return all.find((team) => sameText(team.name, name));
}

/** Creates a team, exactly once: without a clear answer it looks before it decides. */
export function createTeam(name: string, op: Operation<Session>): Promise<Team> {
  return afterwards(op.session).write(() => create(name, op));
}

async function create(name: string, op: Operation<Session>): Promise<Team> {
  const { session } = op;
  await session.guard(teams);
  // Seen by the plan, which refuses to make it twice.
  const known = session.snapshot(teams).known ?? [];
  const before = known.some((team) => team.name === name);
  const created = await makeOnce(makingOf(name, session), known, op, async () => {
    await refuseTaken(name, session);
    try {
      await session.client.send(wire.createTeam, { ...callOf(op), query: { team_name: name } });
      return { name, createdAt: undefined, userCount: 0, parallels: undefined };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (effectOf(error) === 'none') throw refusedTeam(error, name, 'created');
      return findCreated(name, before, error, op);
    }
  });
  session.snapshot(teams).patch((all) => [...all.filter((team) => team.name !== name), created]);
  return created;
}

function makingOf(name: string, session: Session): Making<Team> {
  return {
    type: TYPE,
    key: folded(name),
    object: `Team "${name}"`,
    list: () => session.snapshot(teams).fresh(),
    isIt: (team) => sameName(team.name, name),
    idOf: (team) => team.name,
  };
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
  const ifThere = `import it: ${importCommand(name)}.`;
  if (looked.found === undefined)
    throw refusedTeam(
      notSeen({ object, list: LIST, where: 'in the console', ifThere }, failure, looked, op.session),
      name,
      'created',
    );
  if (before || couldCollide(failure)) throw madeElsewhere(object, failure, ifThere);
  return looked.found;
}

/** Deletes for good. A team that is gone already is a success, however the service says so. */
export async function deleteTeam(name: string, op: Operation<Session>): Promise<void> {
  const { session } = op;
  await session.guard(teams);
  const snapshot = session.snapshot(teams);
  // The list tells how the service spells it.
  if (!isSpelledInOneWay(name)) await snapshot.get();
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
