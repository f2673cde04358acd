import { Problem } from '../../errors.ts';
import type { Upgrade } from '../../lifecycle/resource.ts';
import { conformObject, misfitProblem } from '../../schema/conform.ts';
import { withDefaults, withoutWriteOnly } from '../../schema/settle.ts';
import { isObjectValue, type ObjectValue } from '../../schema/value.ts';
import type { Engine } from '../engine.ts';
import type { Answer, ObjectOrNull } from '../provider.ts';

/**
 * Stored state, as today's schema wants it: the noun's upgrades one after the other, then shape, then defaults, then
 * what the noun completes. Runs for every stored object, also of today's version.
 */
export function upgradeResourceState<Session>(
  engine: Engine<Session>,
  type: string,
  version: number,
  state: ObjectValue,
): Promise<Answer & { readonly state: ObjectOrNull }> {
  return engine.answer<{ readonly state: ObjectOrNull }>({ state: null }, async (findings) => {
    const noun = engine.noun('resources', type);
    const { schema, upgrades = {}, complete } = noun;
    const upgraded = steps(type, version, schema.version ?? 0, upgrades).reduce(
      (old, upgrade) => upgrade(old),
      state,
    );
    const { value, misfits } = conformObject(schema, upgraded, 'stored');
    findings.fail(...misfits.map(misfitProblem));
    if (!isObjectValue(value) || findings.failed) return { state: null };
    const stored = withDefaults(schema, value);
    const today = withoutWriteOnly(schema, complete?.(stored) ?? stored);
    engine.run.meet(noun, today);
    return { state: today };
  });
}

function steps(
  type: string,
  stored: number,
  current: number,
  upgrades: Readonly<Record<number, Upgrade>>,
): readonly Upgrade[] {
  if (stored > current)
    throw new Problem({
      code: 'invalid_input',
      summary: 'State of a newer provider',
      detail: `The state of this ${type} has schema version ${stored}; this provider knows up to ${current}. Use the provider version that wrote it, or a later one.`,
    });
  return Array.from({ length: current - stored }, (_, index) => {
    const upgrade = upgrades[stored + index];
    if (upgrade !== undefined) return upgrade;
    throw new Problem({
      code: 'internal',
      summary: 'No upgrade of the stored state',
      detail: `${type} has no upgrade from schema version ${stored + index} to ${stored + index + 1}. This is a bug in the provider; please report it.`,
    });
  });
}
