import type { ObjectValue } from '../../schema/value.ts';
import { AsyncQueue } from '../async-queue.ts';
import type { Engine } from '../engine.ts';
import type { ActionEvent, Call } from '../provider.ts';

/** Does it now. Progress comes as it is made; the last event is always `completed`. */
export async function* invokeAction<Session>(
  engine: Engine<Session>,
  type: string,
  config: ObjectValue,
  call: Call,
): AsyncGenerator<ActionEvent> {
  const events = new AsyncQueue<ActionEvent>();
  const done = engine
    .answer({}, async (diagnostics) => {
      const action = engine.noun('actions', type);
      const operation = engine.operation(type, call, diagnostics, action.schema);
      await action.invoke(config, {
        ...operation,
        progress: (message) => {
          operation.progress(message);
          events.put({ kind: 'progress', message });
        },
      });
      return {};
    })
    .finally(() => events.close());
  yield* events;
  yield { kind: 'completed', ...(await done) };
}
