import type { Change } from '../../lifecycle/resource.ts';
import type { Schema } from '../../schema/schema.ts';
import type { ObjectValue } from '../../schema/value.ts';
import { report, sound } from '../answers.ts';
import { plannedBreaches } from '../consistency/planned.ts';
import type { Engine } from '../engine.ts';
import type { PlanAnswerValues, PlanRequest } from '../provider.ts';
import { type Draft, draft, unreachablePaths, withReplacements } from './plan-draft.ts';

/**
 * What would change: our draft from schema and values, then the noun's say, then the checks. Depends on the request
 * alone, never on what was asked before: Terraform asks twice and more.
 */
export function planResourceChange<Session>(
  engine: Engine<Session>,
  request: PlanRequest,
): Promise<PlanAnswerValues> {
  const nothing = { planned: null, replaces: [] };
  return engine.answer<Omit<PlanAnswerValues, 'diagnostics'>>(nothing, async (findings) => {
    const { type, config, prior } = request;
    const noun = engine.noun('resources', type);
    const operation = engine.planOperation(type, request, findings, noun.schema);
    const asked = { type, operation: 'plan' };
    const first = draft(noun, request);
    const said = await noun.plan?.(changeOf(first, request), operation);
    const own = said?.planned === undefined;
    const planned = own
      ? first.planned
      : sound(findings, asked, noun.schema, said.planned, { unknowns: true });
    const replaces = withReplacements(noun, first, { prior, planned }, said ?? {});
    report(findings, asked, noun.schema, [
      ...plannedBreaches(noun.schema, { config, prior, planned }),
      ...unreachablePaths(noun.schema, replaces, { prior, planned }),
    ]);
    return {
      planned,
      replaces,
      ...(request.priorPrivate && planned !== null && { private: request.priorPrivate }),
      ...(request.priorIdentity && planned !== null && { identity: request.priorIdentity }),
    };
  });
}

function changeOf({ action, planned, replaces }: Draft, { config, prior }: PlanRequest): Change<Schema> {
  const given = (object: ObjectValue | null) => object ?? undefined;
  // The schema is the noun's own and the values have just been checked against it.
  return {
    action,
    config: given(config),
    prior: given(prior),
    planned: given(planned),
    replaces,
  } as Change<Schema>;
}
