// What one configured process has met so far. Terraform asks for one object at a time and tells no address; that two
// objects collide, or that one takes the place of another, shows only to who remembers.

import type { Clock } from '../clock.ts';
import type { Beside } from '../lifecycle/resource.ts';
import { canonicalText, folded } from '../schema/equal.ts';
import { dynamicType } from '../schema/type.ts';
import { isObjectValue, type ObjectValue } from '../schema/value.ts';
import type { PrivateBytes } from './provider.ts';

/** What is needed to tell one object of a type from another. */
interface Identified {
  readonly type: string;
  identityOf?(state: never): ObjectValue;
  naturalKey?(object: ObjectValue): string | undefined;
}

/** An object whose replacement is being planned; the engine asks a second time, without a prior object. */
export interface Replaced {
  readonly state: ObjectValue;
  /** The first plan already said that it replaces: the configuration demands it. */
  readonly announced: boolean;
}

interface Held {
  readonly state: ObjectValue;
  /** How many addresses keep it. */
  readonly stays: number;
  readonly ending: ObjectValue | undefined;
}

/**
 * After so many looks without anything new nothing more is to be expected: engines ask at once. Where an object is known
 * and was not asked about, something may take its time.
 */
const LOOKS = { apart: 100, whenAllWereAsked: 5, whenSomeWereNot: 30 };

export class Run {
  readonly #held = new Map<string, Map<string, Held>>();
  readonly #creations = new Map<string, ObjectValue[]>();
  readonly #marked: Replaced[] = [];
  /** Grows with everything that is met. */
  #news = 0;
  #applying = false;

  /**
   * Resolves when nothing was asked for a while. An engine asks about a few objects at a time, and about some that stand
   * in its state (tainted ones) never.
   */
  async everyoneWasAsked({ clock, signal }: { clock: Clock; signal: AbortSignal }): Promise<void> {
    const enough = () => (this.#isSomeoneUnasked() ? LOOKS.whenSomeWereNot : LOOKS.whenAllWereAsked);
    for (let looks = 0; looks < enough(); ) {
      const known = this.#news;
      await clock.sleep(LOOKS.apart, signal);
      looks = this.#news === known ? looks + 1 : 0;
    }
  }

  #isSomeoneUnasked(): boolean {
    for (const held of this.#held.values())
      for (const { stays, ending } of held.values()) if (stays <= 0 && ending === undefined) return true;
    return false;
  }

  /** An object of the engine's state was seen. */
  meet(noun: Identified, state: ObjectValue): void {
    this.#put(noun, state, 0);
  }

  /** An object of the engine's state is no longer there. */
  lose(noun: Identified, state: ObjectValue): void {
    const key = keyOf(noun, state);
    if (key !== undefined) this.#heldOf(noun.type).delete(key);
  }

  /** Whether an object stands in the engine's state. `object` needs what its identity is made of, and no more. */
  isHeld(noun: Identified, object: ObjectValue): boolean {
    const key = keyOf(noun, object);
    return key !== undefined && this.#heldOf(noun.type).has(key);
  }

  /** One address keeps an object of the engine's state. */
  keep(noun: Identified, state: ObjectValue): void {
    this.#put(noun, state, 1);
  }

  /** One address ends an object of the engine's state, which it kept as far as was known. */
  end(noun: Identified, state: ObjectValue, { kept }: { readonly kept: boolean }): void {
    this.#put(noun, state, kept ? -1 : 0, state);
  }

  get isApplying(): boolean {
    return this.#applying;
  }

  /** The engine has asked for a write. */
  apply(): void {
    this.#applying = true;
  }

  /** A new object is planned. */
  create(noun: Identified, planned: ObjectValue): void {
    const key = noun.naturalKey?.(planned);
    this.#news += 1;
    if (key !== undefined) this.creationsOf(noun.type, key).push(planned);
  }

  /** The objects that stand beside `planned`, which is asked about in this call. */
  beside(planned: ObjectValue | null, call: { clock: Clock; signal: AbortSignal }): Beside {
    return {
      everyoneWasAsked: () => this.everyoneWasAsked(call),
      applying: this.#applying,
      held: (type, identity) => {
        const held = this.#heldOf(type).get(canonicalText(dynamicType, identity));
        return held && { ...held, stays: held.stays > 0 };
      },
      creations: (type, key) => this.creationsOf(type, key).filter((other) => other !== planned),
    };
  }

  /**
   * Bytes to send along with the plan of an object that exists. Where that plan turns into a replacement, the engine
   * hands them back as it asks for the plan of the new object.
   */
  mark(replaced: Replaced): PrivateBytes {
    this.#marked.push(replaced);
    return Buffer.from(`${MARK}${this.#marked.length}`);
  }

  /** The object that the new one takes the place of; `undefined` for one that is new. */
  replacedBy(bytes: PrivateBytes | undefined): Replaced | undefined {
    return bytes !== undefined && textOf(bytes).startsWith(MARK)
      ? this.#marked[Number(textOf(bytes).slice(MARK.length)) - 1]
      : undefined;
  }

  #put(noun: Identified, state: ObjectValue, more: number, ending?: ObjectValue): void {
    const key = keyOf(noun, state);
    if (key === undefined) return;
    this.#news += 1;
    const held = this.#heldOf(noun.type);
    const before = held.get(key);
    held.set(key, { state, stays: (before?.stays ?? 0) + more, ending: ending ?? before?.ending });
  }

  /** Names that differ in case only would collide at the service, or confuse its people. */
  creationsOf(type: string, key: string): ObjectValue[] {
    const id = JSON.stringify([type, folded(key)]);
    const creations = this.#creations.get(id) ?? [];
    this.#creations.set(id, creations);
    return creations;
  }

  #heldOf(type: string): Map<string, Held> {
    const held = this.#held.get(type) ?? new Map<string, Held>();
    this.#held.set(type, held);
    return held;
  }
}

const MARK = 'replaces ';

/** What one half of a replacement tells the other, through the plan. */
const FAREWELL = 'tells ';

export function farewellOf(bytes: PrivateBytes | undefined): string | undefined {
  const text = bytes === undefined ? '' : textOf(bytes);
  return text.startsWith(FAREWELL) ? text.slice(FAREWELL.length) : undefined;
}

export function farewell(text: string): PrivateBytes {
  return Buffer.from(FAREWELL + text, 'latin1');
}

/** Only ever for the engine's next question: no part of what is kept beside an object. */
export function isMark(bytes: PrivateBytes): boolean {
  const text = textOf(bytes);
  return text.startsWith(MARK) || text.startsWith(FAREWELL);
}

function textOf(bytes: PrivateBytes): string {
  return Buffer.from(bytes).toString('latin1');
}

/** The same text for the same object; `undefined` where nothing tells it from others. */
function keyOf(noun: Identified, state: ObjectValue): string | undefined {
  try {
    // The state is one of the noun's own.
    const identity = noun.identityOf?.(state as never);
    return isObjectValue(identity) ? canonicalText(dynamicType, identity) : undefined;
  } catch {
    // An incomplete state, as an import may give it: the read that follows has the rest.
    return undefined;
  }
}
