import { equal } from '../../../schema/equal.ts';
import { configurable, defaultOf } from '../../../schema/plan-values.ts';
import type { ObjectValue } from '../../../schema/value.ts';
import type { Engine } from '../../engine.ts';
import type { Answer, ObjectOrNull } from '../../provider.ts';

/** What a user would write for an object that exists: nothing computed, nothing secret, nothing that is so anyway. */
export function generateResourceConfig<Session>(
  engine: Engine<Session>,
  type: string,
  state: ObjectValue,
): Promise<Answer & { readonly config: ObjectOrNull }> {
  return engine.answer<{ readonly config: ObjectOrNull }>({ config: null }, async () => {
    const { schema } = engine.noun('resources', type);
    const config = configurable(
      schema,
      state,
      ({ attribute, value }) =>
        attribute.options.sensitive === true ||
        attribute.options.deprecated !== undefined ||
        (attribute.options.default !== undefined && equal(attribute.type, value, defaultOf(attribute))),
    );
    return { config };
  });
}
