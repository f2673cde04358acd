import { isWhollyKnown, type ObjectValue } from '../../schema/value.ts';
import type { Engine } from '../engine.ts';
import type { Answer } from '../provider.ts';

/** Makes the session. With values that are not known yet there is none, and only planning goes on. */
export function configure<Session>(
  engine: Engine<Session>,
  config: ObjectValue,
  engineVersion: string,
): Promise<Answer> {
  return engine.answer({}, async (diagnostics) => {
    const { definition, context } = engine;
    diagnostics.within(definition.schema);
    if (!isWhollyKnown(config)) {
      engine.configureUnknown();
      return {};
    }
    const session = await definition.configure(config, {
      clock: context.clock,
      engineVersion,
      signal: engine.stopping,
      warn: (warning) => diagnostics.warn(warning),
      log: (level, message) => context.log(level, message),
    });
    engine.configureWith(session);
    return {};
  });
}
