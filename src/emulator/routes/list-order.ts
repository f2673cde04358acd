import type { Context } from '../context.ts';

/** The order of a list, which no page promises. */
export function inListOrder<T>(context: Context, items: readonly T[]): T[] {
  switch (context.behaviours['list-order']) {
    case 'creation':
      return [...items];
    case 'reverse':
      return [...items].reverse();
    case 'shuffled':
      return context.random.shuffled(items);
  }
}
