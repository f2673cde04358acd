import { Problem } from '../../../errors.ts';
import { conformObject, misfitProblem } from '../../../schema/conform.ts';
import { isObjectValue, type ObjectValue } from '../../../schema/value.ts';
import type { Engine } from '../../engine.ts';
import type { Answer, ObjectOrNull } from '../../provider.ts';

/** Stored identity, as today's schema wants it. Identities are flat, so names that came or went are all there is. */
export function upgradeResourceIdentity<Session>(
  engine: Engine<Session>,
  type: string,
  version: number,
  identity: ObjectValue,
): Promise<Answer & { readonly identity: ObjectOrNull }> {
  return engine.answer<{ readonly identity: ObjectOrNull }>({ identity: null }, async (diagnostics) => {
    const { identity: schema } = engine.noun('resources', type);
    if (schema === undefined || version > schema.version)
      throw new Problem({
        code: 'invalid_input',
        summary: schema === undefined ? 'No identity' : 'Identity of a newer provider',
        detail:
          schema === undefined
            ? `${type} has no identity in this version of the provider.`
            : `The identity of this ${type} has version ${version}; this provider knows up to ${schema.version}.`,
      });
    const { value, misfits } = conformObject(schema, identity, 'stored');
    diagnostics.fail(...misfits.map(misfitProblem));
    return { identity: isObjectValue(value) && !diagnostics.failed ? value : null };
  });
}
