import { changeOf, type Draft, draft, withReplacements } from '../../../lifecycle/plan-draft.ts';
import type { Change } from '../../../lifecycle/resource.ts';
import type { Schema } from '../../../schema/schema.ts';
import type { ObjectValue } from '../../../schema/value.ts';
import { report, sound } from '../../answers.ts';
import { plannedViolations } from '../../consistency/planned.ts';
import { unreachablePaths } from '../../consistency/reachable.ts';
import { withWayToDestroy } from '../../destroy-advice.ts';
import type { Engine, ResourceNoun } from '../../engine.ts';
import type { PlanAnswerValues, PlanRequest } from '../../provider.ts';
import { farewell, isMark, type Replaced, type Run } from '../../run.ts';
import { checkLinks } from './plan-links.ts';

/**
 * What would change: our draft from schema and values, then the noun's say, then the checks. The answer depends on the
 * request and on which objects this run has met, never on how often it was asked: Terraform asks twice and more.
 */
export function planResourceChange<Session>(
  engine: Engine<Session>,
  request: PlanRequest,
): Promise<PlanAnswerValues> {
  const nothing = { planned: null, replaces: [] };
  return engine.answer<Omit<PlanAnswerValues, 'diagnostics'>>(nothing, async (diagnostics) => {
    const { type, config, prior } = request;
    const { run } = engine;
    const noun = engine.noun('resources', type);
    const asked = { type, operation: 'plan' };
    const first = draft(noun, request);
    const replaced = prior === null ? run.replacedBy(request.priorPrivate) : undefined;
    remember(run, noun, request, first, replaced);
    const operation = engine.planOperation(type, request, diagnostics, noun.schema);
    const change = { ...changeOf(first, request), ...(replaced && { replaced }) } as Change<Schema>;
    // Not a copy: that would make the signal, which few plans listen to.
    const op = Object.assign(operation, { beside: run.beside(first.planned, operation) });
    const said = await noun.plan?.(change, op).catch((thrown: unknown) => {
      throw config === null ? thrown : withWayToDestroy(thrown);
    });
    const deletes = change.action === 'replace' && !said?.inPlace?.length;
    if (operation.session !== undefined)
      await checkLinks(engine, noun, change, deletes, { ...operation, session: operation.session }).catch(
        (thrown) => {
          throw withWayToDestroy(thrown);
        },
      );
    const own = said?.planned === undefined;
    const planned = own
      ? first.planned
      : sound(diagnostics, asked, noun.schema, said.planned, { unknowns: true });
    const replaces = withReplacements(noun, first, { prior, planned }, said ?? {});
    report(diagnostics, asked, noun.schema, [
      ...plannedViolations(noun.schema, { config, prior, planned }),
      ...unreachablePaths(noun.schema, replaces, { prior, planned }),
    ]);
    if (prior !== null && first.action === 'replace' && replaces.length === 0) run.keep(noun, prior);
    if (prior !== null && planned !== null && replaces.length > 0)
      run.end(noun, prior, { kept: first.action !== 'replace' });
    return {
      planned,
      replaces,
      ...privateOf(run, request, planned, { announced: replaces.length > 0, ...said }),
      ...(request.priorIdentity && planned !== null && { identity: request.priorIdentity }),
    };
  });
}

/** Before the noun is asked, so that of two objects that are planned at the same time each sees the other. */
function remember<Session>(
  run: Run,
  noun: ResourceNoun<Session>,
  { prior }: PlanRequest,
  { action, planned }: Draft,
  replaced: Replaced | undefined,
): void {
  if (replaced !== undefined && !replaced.announced) run.end(noun, replaced.state, { kept: true });
  if (prior === null && planned !== null) run.create(noun, planned);
  if (prior === null) return;
  if (action === 'delete') run.end(noun, prior, { kept: false });
  // A replacement may still become an update.
  else if (action !== 'replace') run.keep(noun, prior);
}

function privateOf(
  run: Run,
  { prior, priorPrivate }: PlanRequest,
  planned: ObjectValue | null,
  said: { readonly announced: boolean; readonly farewell?: string },
): Pick<PlanAnswerValues, 'private'> {
  if (planned !== null && said.farewell !== undefined) return { private: farewell(said.farewell) };
  if (planned === null || prior === null) return {};
  if (priorPrivate !== undefined && !isMark(priorPrivate)) return { private: priorPrivate };
  return { private: run.mark({ state: prior, announced: said.announced }) };
}
