import { Problem } from '../errors.ts';
import { conformObject, misfitProblem } from '../schema/conform.ts';
import { withDefaults, withoutWriteOnly } from '../schema/plan-values.ts';
import type { Schema } from '../schema/schema.ts';
import { isObjectValue, type ObjectValue } from '../schema/value.ts';
import type { Upgrade } from './resource.ts';

/** All of a type that reading its stored state depends on. */
export interface StoredType {
  readonly type: string;
  readonly schema: Schema;
  readonly complete?: Upgrade;
  readonly upgrades?: Readonly<Record<number, Upgrade>>;
}

/**
 * Stored state, as today's schema wants it: the noun's upgrades one after the other, then shape, then defaults, then
 * what the noun completes. Runs for every stored object, also of today's version.
 * @returns No state when some of it does not fit: then the problems say what.
 * @throws Problem when the state is of a newer schema, or an upgrade is missing.
 */
export function readStoredState(
  { type, schema, upgrades = {}, complete }: StoredType,
  version: number,
  state: ObjectValue,
): { readonly state: ObjectValue | undefined; readonly problems: readonly Problem[] } {
  const upgraded = steps(type, version, schema.version ?? 0, upgrades).reduce(
    (old, upgrade) => upgrade(old),
    state,
  );
  const { value, misfits } = conformObject(schema, upgraded, 'stored');
  const problems = misfits.map(misfitProblem);
  if (!isObjectValue(value) || problems.length > 0) return { state: undefined, problems };
  const stored = withDefaults(schema, value);
  return { state: withoutWriteOnly(schema, complete?.(stored) ?? stored), problems };
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
