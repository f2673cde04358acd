// What a plan says about a team: refuses what would be lost by accident and what exists already.

import { Problem } from '../../errors.ts';
import type { Change, PlanOperation } from '../../lifecycle/resource.ts';
import { folded } from '../../schema/equal.ts';
import { isUnknown } from '../../schema/value.ts';
import { leavingOf, refuseHeldTwice, refuseTwinOf, refuseTwins } from '../collision.ts';
import { isOwnMaking, takenOver } from '../making.ts';
import { isAbandoned, refuseIfProtected } from '../protection.ts';
import type { Session } from '../session.ts';
import { teams } from './api.ts';
import { identityOf, sameName, TYPE } from './identity.ts';
import { findTeamAgain, goneTeam } from './lookup.ts';
import { asListed, lossOf, madeAgain, replaced, replacedSilently, titleOf } from './loss.ts';
import type { TeamState, teamSchema } from './schema.ts';
import { holderOf, objectOf } from './taking.ts';

type S = typeof teamSchema;
type Op = PlanOperation<Session>;

export async function plan(change: Change<S>, op: Op): Promise<undefined> {
  const { action, prior, planned } = change;
  if (prior !== undefined && action === 'delete') await planDelete(prior, op);
  if (prior !== undefined && action !== 'delete') {
    refuseHeldTwice(TYPE, identityOf(prior), op.beside, objectOf(prior.name));
    if (action !== 'replace') refuseTwinOf(TYPE, prior.name, op.beside, attributeOf(prior.name));
  }
  if (prior !== undefined && action === 'replace') await planReplace(change, prior, op);
  if (action === 'create' && planned !== undefined && !isUnknown(planned.name))
    await planCreate(planned.name, change, op);
}

async function planDelete(prior: TeamState, op: Op): Promise<void> {
  // A block that is taken out is not refreshed by every engine.
  if (op.session !== undefined && (await findTeamAgain(op.session, prior.name)) === undefined)
    return op.warn(goneTeam(prior.name));
  refuseHeldTwice(TYPE, identityOf(prior), op.beside, objectOf(prior.name));
  const loss = await lossNow(prior, op);
  refuseIfProtected({ by: 'deletion' }, prior, { object: titleOf(prior), loss });
  if (isAbandoned(prior)) {
    op.warn({
      diagnostic: 'lives_on',
      summary: `${titleOf(prior)} is no longer managed and lives on`,
      detail: 'Its deletion_policy is "abandon". Whoever takes it over imports it by its name.',
    });
    return;
  }
  op.session?.cost.add(`team ${prior.name}`, 1, op);
  op.warn({
    diagnostic: 'team_deleted',
    summary: `${titleOf(prior)} is deleted`,
    detail: `With it, ${loss}`,
  });
}

async function planReplace(change: Change<S>, prior: TeamState, op: Op): Promise<void> {
  const { planned, config, replaces } = change;
  const loss = await lossNow(prior, op);
  refuseIfProtected(
    {
      by: 'change',
      path: replaces[0] ?? [],
      before: `name = "${prior.name}"`,
      unprotects: config?.deletion_protection === false,
    },
    prior,
    { object: titleOf(prior), loss },
  );
  op.session?.cost.add(`team ${prior.name}`, isAbandoned(prior) ? 0 : 1, op);
  if (isAbandoned(prior))
    op.warn({
      diagnostic: 'lives_on',
      summary: `${titleOf(prior)} is no longer managed and lives on`,
      detail: 'Its deletion_policy is "abandon", so it stays as it is, and a new, empty team is made.',
    });
  else op.warn(replaced(prior, typeof planned?.name === 'string' ? planned.name : undefined, loss));
}

async function planCreate(name: string, change: Change<S>, op: Op): Promise<void> {
  const { session, beside } = op;
  if (session === undefined) return;
  session.cost.add(`team ${name}`, 1, op);
  // Only an engine that keeps a state asks for it.
  if (beside !== undefined) session.cost.add('the list of teams, once they are made', 1, op);
  refuseTwins(TYPE, name, beside, attributeOf(name));
  const holder = (await session.snapshot(teams).get()).find((team) => sameName(team.name, name));
  if (holder === undefined) return;
  const isNobodys = change.replaced?.state.name !== holder.name && !beside?.held(TYPE, identityOf(holder));
  if (isNobodys && (await isOwnMaking(session, { type: TYPE, key: folded(name) }, holder.name)))
    return op.warn(takenOver(`Team "${holder.name}"`, 'It'));
  const ends = leavingOf(holderOf(holder.name, name), change.replaced, beside, identityOf);
  if (ends === undefined || ends.leaving === 'announced') return;
  const { state, leaving } = ends;
  const loss = await lossNow(state, op);
  if (leaving !== 'elsewhere') {
    const by = ({ asked: 'request', unsaid: 'taint' } as const)[leaving];
    refuseIfProtected({ by }, state, { object: titleOf(state), loss });
  }
  refuseAbandonedHolder(state);
  if (leaving !== 'elsewhere') session.cost.add(`team ${name}`, 2, op);
  // Engines drop what the second plan of a replacement warns of.
  if (leaving === 'asked') return;
  op.warn(leaving === 'elsewhere' ? madeAgain(state, loss) : replacedSilently(state, loss));
}

/** A team that is to live on keeps its name, so none can be made under it. */
function refuseAbandonedHolder(state: TeamState): void {
  if (!isAbandoned(state)) return;
  throw new Problem({
    code: 'refused',
    summary: `${titleOf(state)} cannot be abandoned and made again under the same name`,
    detail: `Its deletion_policy is "abandon", so it would live on and keep the name. Set deletion_policy = "delete" and apply first, or give the new team another name.`,
    path: ['name'],
  });
}

async function lossNow(prior: TeamState, { session }: Op): Promise<string> {
  return lossOf(await asListed(prior, session), session);
}

function attributeOf(name: string) {
  return { object: `a ${objectOf(name)}`, attribute: 'name' } as const;
}
