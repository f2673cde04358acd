import type { World } from '../world.ts';

/** The order of a list, which no page promises. */
export function inListOrder<T>(world: World, items: readonly T[]): T[] {
  switch (world.behaviours['list-order']) {
    case 'creation':
      return [...items];
    case 'reverse':
      return [...items].reverse();
    case 'shuffled':
      return world.random.shuffled(items);
  }
}
