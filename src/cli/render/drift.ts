import { DRIFT_KINDS, type Drift, type DriftedObject, type DriftKind } from '../../reconcile/plan/drift.ts';
import { envelope } from './envelope.ts';
import type { Palette } from './palette.ts';
import { differenceAsText, placeOf, sections, skippedAsText, titleOf, unmanagedAsText } from './plan.ts';
import { differenceAsJson } from './plan-json.ts';
import { table } from './table.ts';

/** What differs from the stack, told without proposing anything. */
export function driftAsText(drift: Drift, palette: Palette): string {
  const declared = drift.objects.filter(({ kind }) => kind !== 'unmanaged');
  const unmanaged = drift.objects.filter(({ kind }) => kind === 'unmanaged');
  const counts = DRIFT_KINDS.filter((kind) => drift.counts[kind] > 0).map(
    (kind) => `${drift.counts[kind]} ${inWords(kind)}`,
  );
  const verdict = drift.inSync
    ? `${palette.bold('No drift.')} Everything declared is as declared.`
    : `${palette.bold('Drift:')} ${counts.join(', ')}; ${drift.managed} as declared.`;
  return sections(
    declared.length === 0 ? '' : table(declared.map((object) => driftRow(object, palette))),
    unmanagedAsText(unmanaged, palette),
    skippedAsText(drift.skipped),
    verdict,
  );
}

export function driftAsJson({ inSync, managed, counts, objects, skipped }: Drift) {
  return envelope({
    in_sync: inSync,
    managed,
    counts,
    objects: objects.map(({ kind, type, name, address, identity, links, differences, notes }) => ({
      kind,
      type,
      name,
      address,
      identity,
      links,
      differences: differences.map(differenceAsJson),
      notes,
    })),
    skipped,
  });
}

function driftRow(object: DriftedObject, palette: Palette): readonly string[] {
  const { kind, identity, name, differences, notes } = object;
  const names = Object.values(identity).filter((value) => value !== name);
  const title = `${titleOf(object)}${placeOf(object)}${names.length === 0 ? '' : `  ${names.join(', ')}`}`;
  return [
    painted(kind, palette),
    [title, ...differences.map(differenceAsText), ...notes.map((note) => `  ${palette.dim(note)}`)].join(
      '\n',
    ),
  ];
}

/** `key rotated` */
function inWords(kind: DriftKind): string {
  return kind.replaceAll('_', ' ');
}

function painted(kind: DriftKind, { red, yellow, magenta }: Palette): string {
  const text = inWords(kind);
  if (kind === 'missing' || kind === 'remade' || kind === 'key_rotated') return red(text);
  return kind === 'moved' ? magenta(text) : yellow(text);
}
