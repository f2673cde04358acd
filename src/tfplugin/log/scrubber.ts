import type { Secret } from '../../secret.ts';

const MASK = '***';
/** Masking shorter values would make texts unreadable and hide nothing. */
const SHORTEST = 6;

/** Replaces every registered secret by `***` in texts that leave the process: logs, diagnostics, stack traces. */
export class Scrubber {
  readonly #values = new Set<string>();
  #pattern: RegExp | undefined;

  register(secret: Secret): void {
    this.registerText(secret.reveal());
  }

  /** For values that are secret because a schema says `sensitive`. */
  registerText(value: string): void {
    if (value.length < SHORTEST || this.#values.has(value)) return;
    this.#values.add(value);
    // A secret also leaks inside JSON, a URL or a Basic header.
    for (const written of [
      JSON.stringify(value).slice(1, -1),
      encodeURIComponentSafely(value),
      Buffer.from(value).toString('base64'),
    ])
      this.#values.add(written);
    this.#pattern = undefined;
  }

  readonly scrub = (text: string): string => {
    if (this.#values.size === 0) return text;
    // Longest first, so that a secret that contains another one is masked whole.
    this.#pattern ??= new RegExp(
      [...this.#values]
        .sort((a, b) => b.length - a.length)
        .map(escaped)
        .join('|'),
      'g',
    );
    return text.replace(this.#pattern, MASK);
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function encodeURIComponentSafely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
