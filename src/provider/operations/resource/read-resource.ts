import { sound } from '../../answers.ts';
import type { Engine } from '../../engine.ts';
import { identityOf } from '../../identity.ts';
import type { ApplyAnswer, ReadRequest } from '../../provider.ts';

/** The object as it is now; null when it is gone. What cannot be looked at stays as it was. */
export function readResource<Session>(engine: Engine<Session>, request: ReadRequest): Promise<ApplyAnswer> {
  const { type, state } = request;
  const before = {
    state,
    ...(request.private && { private: request.private }),
    ...(request.identity && { identity: request.identity }),
  };
  return engine.answer<Omit<ApplyAnswer, 'diagnostics'>>(before, async (diagnostics) => {
    const noun = engine.noun('resources', type);
    if (engine.waiting) {
      diagnostics.warn({
        diagnostic: 'not_refreshed',
        summary: `${type} was not refreshed`,
        detail:
          'The provider block refers to values that are known only after apply; the stored state is used as it is.',
      });
      return before;
    }
    const asked = { type, operation: 'read' };
    const found = await noun.read(state, engine.operation(type, request, diagnostics, noun.schema));
    if (found === undefined || found === null) {
      engine.run.lose(noun, state);
      return { state: null };
    }
    const now = sound(diagnostics, asked, noun.schema, found, { instead: state });
    if (now !== null) engine.run.meet(noun, now);
    return { ...before, state: now, ...identityOf(diagnostics, asked, noun, now) };
  });
}
