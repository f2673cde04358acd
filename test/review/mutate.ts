// Broken plans, the same for the same seed: members that are missing, of another kind, in another's place, or too many.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const plans = fileURLToPath(new URL('plans', import.meta.url));

/** Kept plans that hold keys in clear, and all others. */
const originals: readonly unknown[] = readdirSync(plans)
  .filter((name) => name.endsWith('.plan.json'))
  .map((name) => JSON.parse(readFileSync(join(plans, name), 'utf8')));

/** A generator of numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Slot {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string | number;
}

const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  '',
  'x',
  '\u0000\u001b[31m',
  'a'.repeat(5000),
  [],
  {},
  [null],
  [[[[]]]],
  { toString: 1 },
  { __proto__x: {} },
  '2026-13-45T99:99:99Z',
  'browserstack_access_key',
  'https://evil.example',
  ['delete', 'create'],
  ['forget'],
  ['no-op'],
  { constant_value: 'x' },
  { references: ['module.a.b', 'var.x', 'each.value', 'local.y', 'browserstack_access_key.ci.generation'] },
];

/** The text of a plan after a few mutations; now and then it is cut off. */
export function mutated(seed: number): string {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T; // Never empty here.
  const plan = structuredClone(pick(originals));
  const times = 1 + Math.floor(random() * 6);
  for (let time = 0; time < times; time++) {
    const slots = slotsIn(plan);
    if (slots.length === 0) break;
    const slot = pick(slots);
    const other = pick(slots);
    change(slot, other, random(), structuredClone(pick(ODD)));
  }
  const text = JSON.stringify(plan) ?? 'null';
  return random() < 0.02 ? text.slice(0, Math.floor(random() * text.length)) : text;
}

function change({ holder, key }: Slot, other: Slot, what: number, odd: unknown): void {
  const at = holder as Record<string | number, unknown>; // An object or a list: both are indexed alike.
  const value = at[key];
  if (what < 0.25) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete at[key];
  } else if (what < 0.55) at[key] = odd;
  else if (what < 0.8)
    at[key] = structuredClone((other.holder as Record<string | number, unknown>)[other.key]);
  else if (what < 0.9 && typeof value === 'string') at[key] = `${value} ${JSON.stringify(odd)} ${value}`;
  else if (Array.isArray(holder)) holder.push(structuredClone(value), structuredClone(value));
  else at[`${key}_x`] = structuredClone(value);
}

function slotsIn(root: unknown): readonly Slot[] {
  const slots: Slot[] = [];
  const open = [root];
  while (open.length > 0) {
    const holder = open.pop();
    if (typeof holder !== 'object' || holder === null) continue;
    for (const [key, value] of Object.entries(holder)) {
      slots.push({
        holder: holder as Record<string, unknown>,
        key: Array.isArray(holder) ? Number(key) : key,
      });
      open.push(value);
    }
  }
  return slots;
}
