import type { AttributePath } from '../../errors.ts';
import { canonicalText, equal } from '../../schema/equal.ts';
import { impliedType } from '../../schema/schema.ts';
import type { BlockSchema } from '../../schema/transform.ts';
import type { Type } from '../../schema/type.ts';
import { Dynamic, isObjectValue, isUnknown, isWhollyKnown, type Value } from '../../schema/value.ts';
import { refinementViolation } from './refined.ts';
import type { Violation } from './violation.ts';

/** What is wrong with the outcome of an apply: everything that the plan knew must have come true. */
export function appliedViolations(block: BlockSchema, planned: Value, applied: Value): readonly Violation[] {
  return compare(impliedType(block), planned, applied, []);
}

function compare(type: Type, planned: Value, applied: Value, path: AttributePath): readonly Violation[] {
  if (isUnknown(planned)) {
    const rule = refinementViolation(planned, applied);
    return rule === undefined ? [] : [{ path, rule, came: applied }];
  }
  if (planned === null || applied === null) {
    if (planned === applied) return [];
    const rule = planned === null ? 'be absent or null, as planned' : 'be there, as planned';
    return [{ path, rule, promised: planned, came: applied }];
  }
  if (isWhollyKnown(planned) && equal(type, planned, applied)) return [];
  if (planned instanceof Dynamic)
    return applied instanceof Dynamic
      ? compare(planned.type, planned.value, applied.value, path)
      : [different(planned, applied, path)];
  if (Array.isArray(planned) && Array.isArray(applied)) return elements(type, planned, applied, path);
  if (planned instanceof Map && applied instanceof Map) return entries(type, planned, applied, path);
  if (isObjectValue(planned) && isObjectValue(applied) && type.kind === 'object')
    return Object.entries(type.attributes).flatMap(([name, member]) =>
      compare(member, planned[name] ?? null, applied[name] ?? null, [...path, name]),
    );
  return [different(planned, applied, path)];
}

function elements(
  type: Type,
  planned: readonly Value[],
  applied: readonly Value[],
  path: AttributePath,
): readonly Violation[] {
  if (type.kind === 'set') return bags(type.element, planned, applied, path);
  if (planned.length !== applied.length)
    return [{ path, rule: `have ${planned.length} elements as planned, not ${applied.length}` }];
  return planned.flatMap((element, index) => {
    const of = type.kind === 'tuple' ? type.elements[index] : type.kind === 'list' ? type.element : undefined;
    return of === undefined ? [] : compare(of, element, applied[index] ?? null, [...path, index]);
  });
}

/** Elements of a set have no names: each planned one must have come true somewhere, and nothing else may be there. */
function bags(
  element: Type,
  planned: readonly Value[],
  applied: readonly Value[],
  path: AttributePath,
): readonly Violation[] {
  const comesTrue = (wanted: Value, got: Value) => compare(element, wanted, got, []).length === 0;
  const kept = planned.every((wanted) => applied.some((got) => comesTrue(wanted, got)));
  const wanted = applied.every((got) => planned.some((wanted) => comesTrue(wanted, got)));
  const distinct = new Set(applied.map((got) => canonicalText(element, got))).size;
  if (kept && wanted && distinct <= planned.length) return [];
  return [{ path, rule: 'hold the planned elements and no others', promised: planned, came: applied }];
}

function entries(
  type: Type,
  planned: ReadonlyMap<string, Value>,
  applied: ReadonlyMap<string, Value>,
  path: AttributePath,
): readonly Violation[] {
  if (type.kind !== 'map') return [];
  const keys = [...new Set([...planned.keys(), ...applied.keys()])];
  return keys.flatMap((key) => {
    const at = [...path, { key }];
    const [before, after] = [planned.get(key), applied.get(key)];
    if (before === undefined) return [{ path: at, rule: 'be absent: the plan has no such key' }];
    if (after === undefined) return [{ path: at, rule: 'be there, as planned' }];
    return compare(type.element, before, after, at);
  });
}

function different(planned: Value, applied: Value, path: AttributePath): Violation {
  return { path, rule: 'be as planned', promised: planned, came: applied };
}
