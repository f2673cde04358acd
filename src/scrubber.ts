import type { Secret } from './secret.ts';
import { visible } from './visible.ts';

const MASK = '***';
/** Masking shorter values would make texts unreadable and hide nothing. */
const SHORTEST = 6;
/** Shorter pieces of base64 stand in texts by chance. */
const SHORTEST_BASE64 = 8;

/**
 * What every text goes through before it leaves the process as a log line, a diagnostic, a stack trace: registered
 * secrets become `***`, hidden characters visible. Takes time for the length of the text only: a provider may know
 * thousands of secrets and learn a new one with each call.
 */
export class Scrubber {
  /** By their first characters; longest first, so that a secret that contains another one is masked whole. */
  readonly #values = new Map<string, string[]>();
  readonly #registered = new Set<string>();
  /** Registered since the last text: most runs print none, and know thousands. */
  #fresh: string[] = [];

  register(secret: Secret): void {
    this.registerText(secret.reveal());
  }

  /** For values that are secret because a schema says `sensitive`. */
  registerText(value: string): void {
    if (value.length < SHORTEST || this.#registered.has(value)) return;
    this.#registered.add(value);
    this.#fresh.push(value);
  }

  readonly scrub = (text: string): string => visible(this.mask(text));

  /** Only the secrets: for those who make the rest visible themselves. */
  mask(text: string): string {
    for (const value of this.#fresh.splice(0)) for (const form of formsOf(value)) this.#add(form);
    if (this.#values.size === 0) return text;
    let scrubbed = '';
    let rest = 0;
    for (let at = 0; at + SHORTEST <= text.length; at++) {
      const found = this.#values.get(text.slice(at, at + SHORTEST))?.find((one) => text.startsWith(one, at));
      if (found === undefined) continue;
      scrubbed += text.slice(rest, at) + MASK;
      rest = at + found.length;
      at = rest - 1;
    }
    return scrubbed + text.slice(rest);
  }

  #add(form: string): void {
    const start = form.slice(0, SHORTEST);
    const others = this.#values.get(start) ?? [];
    this.#values.set(
      start,
      [...others, form].sort((a, b) => b.length - a.length),
    );
  }
}

/** A secret also leaks inside JSON, a URL, a Basic header or a dump of bytes. */
function formsOf(value: string): ReadonlySet<string> {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const written = [
    JSON.stringify(value).slice(1, -1),
    encodeURIComponentSafely(value),
    hex,
    hex.toUpperCase(),
  ];
  return new Set([value, ...written, ...insideBase64(bytes)]);
}

/**
 * What is certain to stand in base64 of any text that holds these bytes, such as `user:key`: each three bytes become
 * four characters, and where the groups begin depends on what stands before. Two bytes at either end may remain.
 */
function insideBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2]
    .map((start) => bytes.subarray(start, bytes.length - ((bytes.length - start) % 3)))
    .flatMap((groups) => [groups.toString('base64'), groups.toString('base64url')])
    .filter((piece) => piece.length >= SHORTEST_BASE64);
}

function encodeURIComponentSafely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
