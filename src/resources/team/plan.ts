import { Problem } from '../../errors.ts';
import type { Change, PlanOperation } from '../../lifecycle/resource.ts';
import { isUnknown } from '../../schema/value.ts';
import { isAbandoned, refuseIfProtected } from '../protection.ts';
import type { Session } from '../session.ts';
import { findTeamAgain, goneTeam, tryFindTeam } from './lookup.ts';
import type { TeamState, teamSchema } from './schema.ts';

type S = typeof teamSchema;

/** What a plan says about a team: refuses what would be lost by accident and what exists already. */
export async function plan(change: Change<S>, op: PlanOperation<Session>): Promise<undefined> {
  const { action, prior, planned } = change;
  if (prior !== undefined && (action === 'delete' || action === 'replace')) await planEnd(change, prior, op);
  if (planned === undefined || op.session === undefined || isUnknown(planned.name)) return;
  if (action !== 'create' && action !== 'replace') return;
  await op.session.cost.add(`team ${planned.name}`, 1, op.warn);
  const taken = await tryFindTeam(op.session, planned.name);
  if (taken === undefined || taken.name === prior?.name) return;
  throw new Problem({
    code: 'conflict',
    summary: `A team "${taken.name}" exists already`,
    detail: `To manage it here, import it instead of creating it: terraform import ADDRESS '${taken.name}', or a block import { to = ADDRESS, id = "${taken.name}" }.`,
    path: ['name'],
  });
}

async function planEnd(change: Change<S>, prior: TeamState, op: PlanOperation<Session>): Promise<void> {
  // A block that is taken out is not refreshed by every engine.
  if (change.action === 'delete' && op.session !== undefined)
    if ((await findTeamAgain(op.session, prior.name)) === undefined) return op.warn(goneTeam(prior.name));
  refuseIfProtected(
    change,
    prior,
    `Team "${prior.name}"`,
    'its people and service accounts lose their team, and its parallels and data rules go with it.',
  );
  if (isAbandoned(prior)) {
    op.warn({
      summary: `Team "${prior.name}" is no longer managed and lives on`,
      detail: 'Its deletion_policy is "abandon". Whoever takes it over imports it by its name.',
    });
    return;
  }
  await op.session?.cost.add(`team ${prior.name}`, 1, op.warn);
}
