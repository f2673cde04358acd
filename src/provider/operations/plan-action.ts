import type { ObjectValue } from '../../schema/value.ts';
import type { Engine } from '../engine.ts';
import type { Answer, Call } from '../provider.ts';

/** May refuse or warn before anything is done. */
export function planAction<Session>(
  engine: Engine<Session>,
  type: string,
  config: ObjectValue,
  call: Call,
): Promise<Answer> {
  return engine.answer({}, async (diagnostics) => {
    const action = engine.noun('actions', type);
    await action.plan?.(config, engine.planOperation(type, call, diagnostics, action.schema));
    return {};
  });
}
