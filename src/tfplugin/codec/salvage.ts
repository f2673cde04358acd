import { Problem } from '../../errors.ts';
import type { Diagnostic } from '../../provider/provider.ts';
import type { Type } from '../../schema/type.ts';
import { isObjectValue, type ObjectValue, objectValue, type Value } from '../../schema/value.ts';
import type { DynamicValue } from '../generated/tfplugin6.ts';
import { thrownDiagnostics } from './diagnostics.ts';
import { encodeValue } from './encode.ts';

/** What `make` makes, or `otherwise` and why: for parts of an answer that must not take the rest down with them. */
export function attempt<T>(
  make: () => T,
  otherwise: T,
): { readonly made: T; readonly diagnostics: readonly Diagnostic[] } {
  try {
    return { made: make(), diagnostics: [] };
  } catch (error) {
    return { made: otherwise, diagnostics: thrownDiagnostics(error) };
  }
}

/**
 * Encodes an object that must not be lost: attributes that cannot be sent become null (empty, where null is not
 * allowed), each with an error that names it.
 */
export function salvageObject(
  object: ObjectValue | null,
  encode: (object: ObjectValue | null) => DynamicValue,
  type: Type,
): { readonly message: DynamicValue; readonly diagnostics: readonly Diagnostic[] } {
  try {
    return { message: encode(object), diagnostics: [] };
  } catch (error) {
    if (!isObjectValue(object) || type.kind !== 'object') throw error;
    const diagnostics: Diagnostic[] = [];
    const salvaged = Object.entries(type.attributes).map(([name, attribute]): [string, Value] => {
      try {
        const value = object[name];
        encodeValue(value, attribute);
        return [name, value ?? null];
      } catch (fault) {
        const problem = fault instanceof Problem ? fault.at([name]) : fault;
        diagnostics.push(...thrownDiagnostics(problem));
        return [name, attribute.kind === 'list' || attribute.kind === 'set' ? [] : null];
      }
    });
    // An attribute the schema lacks is dropped; the first error says so.
    if (diagnostics.length === 0) diagnostics.push(...thrownDiagnostics(error));
    return { message: encode(objectValue(salvaged)), diagnostics };
  }
}
