import { Problem } from '../../errors.ts';
import type { DesiredObject } from '../input/desired.ts';
import type { Noun } from '../noun.ts';

/**
 * Sorted so that everything comes after what it depends on: noun by noun, then by address; dependencies first.
 * Deterministic, whatever the order of the input. A circle is a problem.
 */
export function inOrder<Session>(
  objects: readonly DesiredObject[],
  nouns: readonly Noun<Session>[],
  problems: Problem[],
): readonly DesiredObject[] {
  const rank = new Map(nouns.map(({ resource }, index) => [resource.type, index]));
  const rankOf = ({ type }: DesiredObject) => rank.get(type) ?? nouns.length;
  const sorted = [...objects].sort(
    (a, b) => rankOf(a) - rankOf(b) || (a.address < b.address ? -1 : a.address > b.address ? 1 : 0),
  );
  const byAddress = new Map(sorted.map((object) => [object.address, object]));
  const done: DesiredObject[] = [];
  const visited = new Map<string, 'open' | 'done'>();
  const visit = (object: DesiredObject, trail: readonly string[]): void => {
    const { address } = object;
    if (visited.get(address) === 'done') return;
    if (visited.get(address) === 'open') {
      problems.push(circle([...trail.slice(trail.indexOf(address)), address]));
      return;
    }
    visited.set(address, 'open');
    for (const other of object.dependsOn) {
      const dependency = byAddress.get(other);
      if (dependency !== undefined) visit(dependency, [...trail, address]);
    }
    visited.set(address, 'done');
    done.push(object);
  };
  for (const object of sorted) visit(object, []);
  return done;
}

function circle(addresses: readonly string[]): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'Objects depend on each other in a circle',
    detail: addresses.join(' → '),
    path: [addresses[0] ?? ''],
  });
}
