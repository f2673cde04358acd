import { Problem } from '../../errors.ts';
import type { ConfiguredObject } from '../input/configured.ts';
import type { ResourceTypes } from '../resource-types.ts';

/**
 * Sorted so that everything comes after what it depends on: type by type, then by address; dependencies first.
 * Deterministic, whatever the order of the input. A circle is a problem. Chains may be long: nothing here recurses.
 */
export function inOrder<Session>(
  objects: readonly ConfiguredObject[],
  types: ResourceTypes<Session>,
  problems: Problem[],
): readonly ConfiguredObject[] {
  const sorted = [...objects].sort(
    (a, b) =>
      types.rank(a.type) - types.rank(b.type) || (a.address < b.address ? -1 : a.address > b.address ? 1 : 0),
  );
  const byAddress = new Map(sorted.map((object) => [object.address, object]));
  const done: ConfiguredObject[] = [];
  const visited = new Map<string, 'open' | 'done'>();
  for (const start of sorted) {
    // Each frame: an object, and how many of its dependencies were looked at.
    const stack: { readonly object: ConfiguredObject; next: number }[] = [];
    const enter = (object: ConfiguredObject): void => {
      const state = visited.get(object.address);
      if (state === 'done') return;
      if (state === 'open') {
        const trail = stack.map(({ object: { address } }) => address);
        problems.push(circle([...trail.slice(trail.indexOf(object.address)), object.address]));
        return;
      }
      visited.set(object.address, 'open');
      stack.push({ object, next: 0 });
    };
    enter(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const other = top.object.dependsOn[top.next];
      top.next += 1;
      if (other === undefined) {
        visited.set(top.object.address, 'done');
        done.push(top.object);
        stack.pop();
        continue;
      }
      const dependency = byAddress.get(other);
      if (dependency !== undefined) enter(dependency);
    }
  }
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
