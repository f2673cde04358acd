import { readStoredState } from '../../../lifecycle/stored-state.ts';
import type { ObjectValue } from '../../../schema/value.ts';
import type { Engine } from '../../engine.ts';
import type { Answer, ObjectOrNull } from '../../provider.ts';

/** Stored state, as today's schema wants it; the run remembers the object. */
export function upgradeResourceState<Session>(
  engine: Engine<Session>,
  type: string,
  version: number,
  state: ObjectValue,
): Promise<Answer & { readonly state: ObjectOrNull }> {
  return engine.answer<{ readonly state: ObjectOrNull }>({ state: null }, async (diagnostics) => {
    const noun = engine.noun('resources', type);
    const { state: today, problems } = readStoredState(noun, version, state);
    diagnostics.fail(...problems);
    if (today === undefined || diagnostics.failed) return { state: null };
    engine.run.meet(noun, today);
    return { state: today };
  });
}
