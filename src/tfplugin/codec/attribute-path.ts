import type { AttributePath as Path, PathStep } from '../../errors.ts';
import type { Type } from '../../schema/type.ts';
import type { AttributePath, AttributePath_Step } from '../generated/tfplugin6.ts';

/**
 * A path as the engine understands it: cut where the type ends it (set elements have no address, and a step that does
 * not exist is an error there). `undefined` when nothing is left.
 */
export function toAttributePath(path: Path, type: Type | undefined): AttributePath | undefined {
  const steps: AttributePath_Step[] = [];
  let at = type;
  for (const step of path) {
    const next = type === undefined ? { selector: untyped(step) } : advance(at, step);
    if (next === undefined) break;
    steps.push({ selector: next.selector });
    at = 'type' in next ? next.type : undefined;
  }
  return steps.length === 0 ? undefined : { steps };
}

type Selector = AttributePath_Step['selector'];

function advance(type: Type | undefined, step: PathStep): { selector: Selector; type: Type } | undefined {
  if (type?.kind === 'object' && typeof step === 'string' && Object.hasOwn(type.attributes, step)) {
    const attribute = type.attributes[step];
    return attribute && { selector: { $case: 'attributeName', value: step }, type: attribute };
  }
  if (type?.kind === 'map' && typeof step !== 'number') {
    const key = typeof step === 'string' ? step : step.key;
    return { selector: { $case: 'elementKeyString', value: key }, type: type.element };
  }
  if (typeof step !== 'number' || !Number.isSafeInteger(step)) return undefined;
  const element =
    type?.kind === 'list' ? type.element : type?.kind === 'tuple' ? type.elements[step] : undefined;
  return element && { selector: { $case: 'elementKeyInt', value: step }, type: element };
}

function untyped(step: PathStep): Selector {
  if (typeof step === 'string') return { $case: 'attributeName', value: step };
  if (typeof step === 'number') return { $case: 'elementKeyInt', value: step };
  return { $case: 'elementKeyString', value: step.key };
}
