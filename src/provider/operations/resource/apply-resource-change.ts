import { Problem, problemsOf } from '../../../errors.ts';
import type { Operation } from '../../../lifecycle/operation.ts';
import { withWriteOnly } from '../../../schema/plan-values.ts';
import { report, sound } from '../../answers.ts';
import { appliedViolations } from '../../consistency/applied.ts';
import type { Engine, ResourceNoun } from '../../engine.ts';
import { identityOf } from '../../identity.ts';
import type { ApplyAnswer, ApplyRequest } from '../../provider.ts';
import { farewellOf, isMark } from '../../run.ts';

/**
 * Makes the change. Whatever exists afterwards is returned, error or not: on create, no state with an error would leak
 * the object; on update and delete, what stood there stands until the noun saved something newer.
 */
export function applyResourceChange<Session>(
  engine: Engine<Session>,
  request: ApplyRequest,
): Promise<ApplyAnswer> {
  const { type, prior, planned } = request;
  const before = {
    state: prior,
    ...keptPrivate(request),
    ...(request.plannedIdentity && { identity: request.plannedIdentity }),
  };
  return engine.answer<Omit<ApplyAnswer, 'diagnostics'>>(before, async (diagnostics) => {
    const noun = engine.noun('resources', type);
    engine.run.apply();
    const asked = { type, operation: prior === null ? 'create' : planned === null ? 'delete' : 'update' };
    const operation = engine.operation(type, request, diagnostics, noun.schema);
    const saved: { state?: unknown } = {};
    const outcome = await write(noun, request, {
      ...operation,
      save: (state) => (saved.state = state),
    }).catch((thrown: unknown) => {
      diagnostics.fail(thrown);
      engine.logBug(thrown);
      return 'state' in saved ? saved.state : prior;
    });
    const last = outcome ?? (planned === null ? null : (saved.state ?? prior));
    const instead = prior ?? planned;
    const state =
      last === null
        ? null
        : sound(diagnostics, asked, noun.schema, last, instead === null ? {} : { instead });
    if (!diagnostics.failed)
      report(diagnostics, asked, noun.schema, appliedViolations(noun.schema, planned, state));
    return {
      state,
      ...(state !== null && keptPrivate(request)),
      ...identityOf(diagnostics, asked, noun, state),
    };
  });
}

/** The mark of a plan has done its work by now, and is no part of the state. */
function keptPrivate({ plannedPrivate }: ApplyRequest): Pick<ApplyAnswer, 'private'> {
  return plannedPrivate !== undefined && !isMark(plannedPrivate) ? { private: plannedPrivate } : {};
}

type Writing<Session> = Operation<Session> & { save(state: unknown): void };

/** The noun's own answer, unchecked; null after a delete. */
async function write<Session>(
  noun: ResourceNoun<Session>,
  { config, prior, planned, plannedPrivate }: ApplyRequest,
  operation: Writing<Session>,
): Promise<unknown> {
  // Nothing new is begun once the engine was asked to stop.
  operation.signal.throwIfAborted();
  if (planned === null) {
    if (prior !== null) await noun.delete(prior, operation, farewellOf(plannedPrivate));
    return null;
  }
  // Write-only values stand in the configuration only, and this is the one time they are used.
  const wanted = config === null ? planned : withWriteOnly(noun.schema, planned, config);
  if (prior === null) return readAfterCreation(noun, await noun.create(wanted, operation), operation);
  if (noun.update !== undefined) return noun.update(wanted, prior, operation);
  throw cannotUpdate(noun.type);
}

/** The object is made and stays made, whatever this says. */
async function readAfterCreation<Session>(
  noun: ResourceNoun<Session>,
  made: unknown,
  operation: Writing<Session>,
): Promise<unknown> {
  if (noun.afterCreation === undefined || operation.signal.aborted) return made;
  // A state of the noun's own.
  return noun.afterCreation(made as never, operation).catch((thrown: unknown) => {
    for (const { summary, detail } of problemsOf(thrown))
      operation.warn({
        diagnostic: 'made_not_read',
        summary: 'It was made; what else there is to know of it was not read',
        detail: `${summary}. ${detail} The next refresh reads it.`,
      });
    return made;
  });
}

function cannotUpdate(type: string): Problem {
  return new Problem({
    code: 'internal',
    summary: `${type} cannot be updated in place`,
    detail: 'The plan should have asked for a replacement. This is a bug in the provider; please report it.',
  });
}
