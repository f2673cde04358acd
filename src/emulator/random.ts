const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Repeatable randomness: the same seed gives the same user names, keys, orders and chances. Not for secrets. */
export class Random {
  #state: number;

  constructor(seed: number | string) {
    this.#state = typeof seed === 'number' ? seed >>> 0 : hash(seed);
  }

  /** Where the sequence stands; a `Random` made from it goes on from there. */
  get state(): number {
    return this.#state;
  }

  /** A number from 0 up to, but not including, 1 (the algorithm is mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  alphanumerics(length: number): string {
    return Array.from({ length }, () => ALPHANUMERICS[this.below(ALPHANUMERICS.length)]).join('');
  }

  /** Shaped like a version 4 UUID. */
  uuid(): string {
    const hex = (length: number) => this.hexadecimals(length);
    return `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[this.below(4)]}${hex(3)}-${hex(12)}`;
  }

  /** Hexadecimal digits, as ids of sessions and builds have them. */
  hexadecimals(length: number): string {
    return Array.from({ length }, () => this.below(16).toString(16)).join('');
  }

  /** A copy in another order. */
  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, weight: this.next() }))
      .sort((a, b) => a.weight - b.weight)
      .map(({ item }) => item);
  }
}

/** FNV-1a, so that words can be seeds. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}
