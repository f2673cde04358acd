// What of an object changes, with values as people read them.

import type { Difference } from '../change.ts';
import type { ResourceChange } from '../plan/resource-change.ts';

const COMPUTED_SECRETS = new Set(['access_key', 'current_access_key']);
/** What the service or the provider tells of itself, and nobody wrote. */
const TOLD = new Set([
  'user_count',
  'parallels',
  'status',
  'product_access',
  'schedule_base',
  'organization_level',
]);

/** Every attribute that may be shown and changes, with the values as people read them. */
export function differencesOf({
  before,
  after,
  unknown,
  unknownTriggers,
}: ResourceChange): readonly Difference[] {
  const was: Readonly<Record<string, unknown>> = before ?? {};
  const becomes: Readonly<Record<string, unknown>> = after ?? {};
  const names = [...new Set([...Object.keys(was), ...Object.keys(becomes)])].sort();
  const told = names.flatMap((attribute): readonly Difference[] => {
    if (TOLD.has(attribute) || attribute === 'triggers') return [];
    const sensitive = COMPUTED_SECRETS.has(attribute);
    const isUnknown = unknown.has(attribute);
    const [left, right] = [shown(attribute, was[attribute]), shown(attribute, becomes[attribute])];
    const same = JSON.stringify(was[attribute] ?? null) === JSON.stringify(becomes[attribute] ?? null);
    if (!isUnknown && same) return [];
    if (before === undefined && right === null && !isUnknown) return [];
    return [{ attribute, before: left, after: isUnknown ? null : right, unknown: isUnknown, sensitive }];
  });
  return [...told, ...triggerDifferences(mapIn(was.triggers), mapIn(becomes.triggers), unknownTriggers)];
}

/** Trigger by trigger, and never a value: it may tell what leaked, or be it. */
function triggerDifferences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  unknown: readonly string[],
): readonly Difference[] {
  return [...new Set([...before.keys(), ...after.keys(), ...unknown])].sort().flatMap((name) => {
    const isUnknown = unknown.includes(name);
    if (!isUnknown && before.get(name) === after.get(name)) return [];
    const value = (side: ReadonlyMap<string, string>) => (side.has(name) ? HIDDEN : null);
    const [left, right] = [value(before), isUnknown ? null : value(after)];
    return [
      { attribute: `triggers.${name}`, before: left, after: right, unknown: isUnknown, sensitive: true },
    ];
  });
}

const HIDDEN = '(hidden)';

function mapIn(value: unknown): ReadonlyMap<string, string> {
  return value instanceof Map ? value : new Map();
}

function shown(attribute: string, value: unknown): string | null {
  if (value === null || value === undefined || COMPUTED_SECRETS.has(attribute)) return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ');
  if (typeof value === 'object') return windowText(value);
  return String(value);
}

function windowText(value: object): string {
  return Object.values(value)
    .flatMap((part) =>
      Array.isArray(part) ? (part.length > 0 ? [part.join(', ')] : []) : part === null ? [] : [String(part)],
    )
    .join(' ');
}
