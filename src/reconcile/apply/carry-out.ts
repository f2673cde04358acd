// One step of a plan: the noun's own create, update or delete, and what is written down about it before and after.

import { problemsOf } from '../../errors.ts';
import type { WriteOperation } from '../../lifecycle/operation.ts';
import { changeOf, draft } from '../../lifecycle/plan-draft.ts';
import { withWriteOnly } from '../../schema/plan-values.ts';
import type { Schema, StateOf } from '../../schema/schema.ts';
import { isWhollyKnown, type ObjectValue } from '../../schema/value.ts';
import type { PlanContext, Step } from '../plan/context.ts';
import { configNow } from '../plan/objects/configure.ts';
import { titleOf } from '../plan/plan.ts';
import type { Recorder } from './record.ts';

/**
 * @param certain Told what is true whatever happens next, as the end of a sentence about the object.
 * @returns What is there afterwards; `undefined` after a deletion.
 */
export async function carryOut<Session>(
  step: Step<Session>,
  context: PlanContext<Session>,
  recorder: Recorder<Session>,
  certain: (fact: string) => void,
): Promise<ObjectValue | undefined> {
  const { action, resource, prior } = step;
  const { op } = context;
  const write = (fact: string, signal = op.signal): WriteOperation<Session, StateOf<Schema>> => ({
    ...op,
    signal,
    save: (state) => {
      certain(fact);
      recorder.note(step, state);
    },
  });
  try {
    switch (action.kind) {
      case 'forget':
        await recorder.disown(step);
        return prior;
      case 'adopt':
        await recorder.own(step, prior ?? {});
        return prior;
      case 'delete':
        op.progress(`deleting ${titleOf(action)}`);
        await resource.delete(prior ?? {}, write('has been deleted'));
        await recorder.ended(step, 'deleted');
        return undefined;
      case 'update': {
        op.progress(`updating ${titleOf(action)}`);
        const { planned } = await settled(step, context);
        const state = await resource.update?.(planned, prior ?? {}, write('has been updated, with problems'));
        await recorder.own(step, state ?? planned);
        return state;
      }
      default:
        return await make(step, context, recorder, certain, write);
    }
  } finally {
    // What was saved before an error is ours too.
    await recorder.flush();
  }
}

async function make<Session>(
  step: Step<Session>,
  context: PlanContext<Session>,
  recorder: Recorder<Session>,
  certain: (fact: string) => void,
  write: (fact: string, signal?: AbortSignal) => WriteOperation<Session, StateOf<Schema>>,
): Promise<ObjectValue> {
  const { action, resource, prior } = step;
  const replaces = action.kind === 'replace' && prior !== undefined;
  context.op.progress(`${replaces ? 'replacing' : 'creating'} ${titleOf(action)}`);
  // Read before anything is ended: what cannot be read is not half replaced.
  const { planned } = await settled(step, context);
  if (replaces) {
    await resource.delete(prior, write('has been deleted'));
    certain('has been deleted and was not made again');
    await recorder.ended(step, 'replaced');
  }
  await recorder.intend(step, planned);
  // What was deleted in order to be made again is made again, whoever asks to stop in between.
  const signal = replaces ? new AbortController().signal : context.op.signal;
  try {
    const state = await resource.create(planned, write('has been created, with problems', signal));
    await recorder.own(step, state);
    return state;
  } catch (thrown) {
    if (problemsOf(thrown).every(({ code }) => NOTHING_MADE.has(code))) await recorder.withdraw(step);
    throw thrown;
  }
}

/** After these nothing was made; after any other error the intention stays, and the next run looks. */
const NOTHING_MADE: ReadonlySet<string> = new Set([
  'invalid_input',
  'unauthorized',
  'forbidden',
  'rate_limited',
  'unreachable',
  'refused',
  'canceled',
]);

/**
 * The plan of this step with everything known: what referred to objects that did not exist yet is read again, and
 * judged again by the noun.
 */
async function settled<Session>(
  { action, resource, configured, config, prior, planned }: Step<Session>,
  context: PlanContext<Session>,
): Promise<{ readonly planned: ObjectValue }> {
  if (configured === undefined || config === undefined || planned === undefined)
    throw new Error('an undeclared object cannot be made');
  const fresh = action.kind === 'replace' ? null : (prior ?? null);
  if (isWhollyKnown(config) && action.kind !== 'replace')
    return { planned: withWriteOnly(resource.schema, planned, config) };
  const now = configNow({ object: configured, config }, resource, context.known);
  const sides = { config: now, prior: fresh };
  const first = draft(resource, sides);
  // A replacement was judged as one; what is made now is new, and is asked about only to plan computed values.
  const said =
    action.kind === 'replace' ? undefined : await resource.plan?.(changeOf(first, sides), context.op);
  const final = (said?.planned as ObjectValue | undefined) ?? first.planned ?? now;
  return { planned: withWriteOnly(resource.schema, final, now) };
}
