// One row for each event, and one for many that differ in nothing but their object.

import { type Change, isEvent, type Kind, LEVELS } from './change.ts';
import { grouped } from './grouping.ts';

/** What a row is about; each has its own columns. */
export type Section = 'ends' | 'rotates' | 'other';

export interface Row {
  readonly section: Section;
  /** Never empty; they have kind, type, level, cause and remarks in common. */
  readonly changes: readonly Change[];
}

/** From how many objects on one row stands for all. */
const MANY = 4;

const ROTATING: ReadonlySet<Kind> = new Set([
  'rotate',
  'may_rotate',
  'switch',
  'may_switch',
  'held_back',
  'waiting',
]);

export function sectionOf({ kind, cause, remarks }: Change): Section {
  if (remarks.some(({ code }) => code === 'rotated_into_nothing')) return 'ends';
  // Whoever uses a key that changed elsewhere has to fetch it, as if it rotated here.
  if (ROTATING.has(kind) || (kind === 'adopt' && cause.code === 'external')) return 'rotates';
  // A key or a pair that only stands for another account ends nothing.
  if (kind === 'replace' && remarks.some(({ code }) => code === 'other_account')) return 'other';
  return kind === 'replace' || kind === 'delete' ? 'ends' : 'other';
}

/** Rows of everything that has one, most dangerous first. */
export function rowsOf(changes: readonly Change[]): readonly Row[] {
  const events = changes.filter(isEvent);
  const rows = [...grouped(events, likeness).values()].flatMap((alike): Row[] => {
    const [first] = alike;
    if (first === undefined) return [];
    const section = sectionOf(first);
    return alike.length >= MANY
      ? [{ section, changes: alike }]
      : alike.map((one) => ({ section, changes: [one] }));
  });
  return rows.sort((a, b) => rank(b) - rank(a));
}

/** What is dangerous first; then what people are hurt by, or, where nothing ends, what holds the rest. */
function rank({ section, changes: [first] }: Row): number {
  if (first === undefined) return -1;
  const type = TYPES.indexOf(first.type);
  return (
    100 * LEVELS.indexOf(first.level) +
    (section === 'ends' ? (first.type === 'browserstack_team' ? -1 : 0) : -type)
  );
}

const TYPES: readonly string[] = [
  'browserstack_team',
  'browserstack_service_account',
  'browserstack_access_key',
  'browserstack_credential_pair',
  'browserstack_user',
];

/** Everything that a row says of all its objects. */
function likeness({
  kind,
  type,
  level,
  cause,
  remarks,
  deliveries,
  breaks,
  rotateAfterDays,
}: Change): string {
  const delivered = deliveries.map(({ fires, certain, kind: how }) => `${how} ${fires} ${certain}`);
  return JSON.stringify([
    kind,
    type,
    level,
    cause.code,
    cause.attributes,
    cause.triggers,
    remarks.map(({ code, level: own, ...facts }) =>
      code === 'delivery_silent' || code === 'due_moved' ? code : [code, own, facts],
    ),
    [...new Set(delivered)].sort(),
    breaks,
    kind === 'adopt' ? (rotateAfterDays ?? null) : null,
  ]);
}
