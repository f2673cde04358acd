import { Problem } from '../../../errors.ts';
import type { MoveSource } from '../../../lifecycle/resource.ts';
import { sound } from '../../answers.ts';
import type { Engine } from '../../engine.ts';
import { identityOf } from '../../identity.ts';
import type { ApplyAnswer } from '../../provider.ts';

/** Takes over an object of another type. Runs before the provider is configured, so it only reshapes. */
export function moveResourceState<Session>(
  engine: Engine<Session>,
  source: MoveSource & { readonly targetType: string },
): Promise<ApplyAnswer> {
  return engine.answer<Omit<ApplyAnswer, 'diagnostics'>>({ state: null }, async (diagnostics) => {
    const noun = engine.noun('resources', source.targetType);
    const asked = { type: noun.type, operation: 'move' };
    const moved = noun.moveFrom?.(source);
    if (moved === undefined)
      throw new Problem({
        code: 'invalid_input',
        summary: `A ${source.type} cannot become a ${noun.type}`,
        detail: `${noun.type} does not know how to take over state of ${source.type} from ${source.provider}. Remove the moved block; import the object instead if it exists.`,
      });
    const state = sound(diagnostics, asked, noun.schema, moved);
    return { state, ...identityOf(diagnostics, asked, noun, state) };
  });
}
