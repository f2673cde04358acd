import type { ObjectValue } from '../../schema/value.ts';
import type { Engine } from '../engine.ts';
import { Mailbox } from '../mailbox.ts';
import type { ActionEvent, Call } from '../provider.ts';

/** Does it now. Progress comes as it is made; the last event is always `completed`. */
export async function* invokeAction<Session>(
  engine: Engine<Session>,
  type: string,
  config: ObjectValue,
  call: Call,
): AsyncGenerator<ActionEvent> {
  const events = new Mailbox<ActionEvent>();
  const done = engine
    .answer({}, async (findings) => {
      const action = engine.noun('actions', type);
      const operation = engine.operation(type, call, findings, action.schema);
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
