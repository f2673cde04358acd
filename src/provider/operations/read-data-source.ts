import { withDefaults } from '../../schema/plan-values.ts';
import type { ObjectValue } from '../../schema/value.ts';
import { report, sound } from '../answers.ts';
import { withWayToDestroy } from '../destroy-advice.ts';
import type { Engine } from '../engine.ts';
import type { Answer, Call, ObjectOrNull } from '../provider.ts';

/** What the data source says now. */
export function readDataSource<Session>(
  engine: Engine<Session>,
  type: string,
  config: ObjectValue,
  call: Call,
): Promise<Answer & { readonly state: ObjectOrNull }> {
  return engine.answer<{ readonly state: ObjectOrNull }>({ state: null }, async (diagnostics) => {
    const source = engine.noun('dataSources', type);
    const operation = engine.operation(type, call, diagnostics, source.schema);
    const found = await source
      .read(withDefaults(source.schema, config), operation)
      .catch((thrown: unknown) => {
        throw withWayToDestroy(thrown);
      });
    const asked = { type, operation: 'read' };
    const state = sound(diagnostics, asked, source.schema, found ?? null);
    if (state === null) report(diagnostics, asked, source.schema, [{ path: [], rule: 'be there' }]);
    return { state };
  });
}
