import { Random } from '../../src/emulator/random.ts';

/** Chances that are the same for the same seed, on every machine. */
export class Chances extends Random {
  oneOf<T>(...choices: readonly [T, ...T[]]): T {
    // The index is always in range.
    return choices[this.below(choices.length)] as T;
  }
}
