import { canonical, type Json } from '../../reconcile/canonical.ts';
import type { Skipped } from '../../reconcile/input/configured.ts';
import type { Difference } from '../../reconcile/plan/differences.ts';
import { costInWords } from '../../reconcile/plan/limits/cost.ts';
import { type ActionKind, isChange, type Plan, type PlannedAction } from '../../reconcile/plan/plan.ts';
import { type Palette, quoted } from './palette.ts';
import { table } from './table.ts';

const SIGNS: Readonly<Record<ActionKind, string>> = {
  create: '+',
  update: '~',
  replace: '-/+',
  delete: '-',
  adopt: '<',
  forget: '>',
  'no-op': '',
  unmanaged: '?',
};

/** How many unmanaged objects are named before the rest is only counted. */
const NAMED = 10;

/** A plan for the person who has to say yes to it. */
export function planAsText(plan: Plan, palette: Palette): string {
  const changes = plan.actions.filter(isChange);
  const notes = plan.actions.filter((action) => !isChange(action) && action.warnings.length > 0);
  const rest = [
    notes.length === 0 ? '' : notes.map((action) => noteRow(action, palette)).join('\n'),
    unmanagedAsText(
      plan.actions.filter(({ kind }) => kind === 'unmanaged'),
      palette,
    ),
    skippedAsText(plan.skipped),
  ];
  if (changes.length === 0)
    return sections(`${palette.bold('No changes.')} Everything declared is as declared.`, ...rest);
  const cost = `Applying it takes ${costInWords(plan.cost)} (${plan.cost.writes} writes, ${plan.cost.lists} lists).`;
  return sections(
    table(changes.map((action) => actionRow(action, palette))),
    ...rest,
    `${palette.bold('Plan:')} ${countsInWords(plan)}.\n${cost}\nFingerprint ${plan.fingerprint}.`,
  );
}

/** "2 to create, 1 to replace; 3 unchanged". */
export function countsInWords({ counts }: Pick<Plan, 'counts'>): string {
  const todo = (['create', 'update', 'replace', 'delete', 'adopt', 'forget'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} to ${kind}`);
  const rest = [
    counts['no-op'] > 0 ? `${counts['no-op']} unchanged` : '',
    counts.unmanaged > 0 ? `${counts.unmanaged} unmanaged` : '',
  ].filter(Boolean);
  return [todo.join(', ') || 'nothing to do', rest.join(', ')].filter(Boolean).join('; ');
}

function actionRow(action: PlannedAction, palette: Palette): readonly string[] {
  const { kind, differences, losses, rotation, adopts, warnings } = action;
  const lines = [
    `${titleOf(action)}${placeOf(action)}${identityOf(action)}`,
    ...(adopts && kind !== 'adopt' ? ['  is taken over: it exists and nobody owns it'] : []),
    ...(rotation === null ? [] : [`  ${palette.yellow('rotates:')} ${rotation.reason}`]),
    ...differences.map(differenceAsText),
    ...losses.map((loss) => `  ${palette.red('ends:')} ${loss}`),
    ...warnings.map((warning) => `${palette.yellow('Warning:')} ${warning}`),
  ];
  return [painted(kind, palette), lines.join('\n')];
}

function noteRow(action: PlannedAction, palette: Palette): string {
  return action.warnings
    .map((warning) => `${palette.yellow('Note:')} ${titleOf(action)}: ${warning}`)
    .join('\n');
}

/** How people and lists call it: its address, or its type, and its name. */
export function titleOf({ address, type, name }: Pick<PlannedAction, 'address' | 'type' | 'name'>): string {
  return `${address ?? type} ${quoted(name)}`;
}

/** The team that an account is in; names that are known from elsewhere are left out. */
export function placeOf({ links }: Pick<PlannedAction, 'links'>): string {
  return links.team === undefined ? '' : `  (team ${quoted(links.team)})`;
}

/** User names of what changes or ends: consumers know accounts by them. */
function identityOf({ identity, name }: PlannedAction): string {
  const names = Object.values(identity).filter((value) => value !== name);
  return names.length === 0 ? '' : `  ${names.join(', ')}`;
}

export function differenceAsText({ attribute, before, after, replaces }: Difference): string {
  return `  ${attribute}: ${shown(before)} → ${shown(after)}${replaces ? '  (forces a new object)' : ''}`;
}

export function unmanagedAsText(
  objects: readonly Pick<PlannedAction, 'type' | 'name' | 'address' | 'links'>[],
  { dim }: Palette,
): string {
  const owned = objects.filter(({ address }) => address !== null);
  const foreign = objects.filter(({ address }) => address === null);
  return sectionsOf(
    listOf('Owned by this stack and declared in it no longer (--prune deletes them):', owned, dim),
    listOf('There, but neither declared nor owned by this stack (left alone):', foreign, dim),
  );
}

function listOf(
  heading: string,
  objects: readonly Pick<PlannedAction, 'type' | 'name' | 'address' | 'links'>[],
  dim: Palette['dim'],
): string {
  if (objects.length === 0) return '';
  const some = objects.slice(0, NAMED).map((object) => `  ${titleOf(object)}${placeOf(object)}`);
  const more = objects.length - some.length;
  const rest = more > 0 ? [`  and ${more} more (--json names them all)`] : [];
  return dim([heading, ...some, ...rest].join('\n'));
}

export function skippedAsText(skipped: readonly Skipped[]): string {
  if (skipped.length === 0) return '';
  return ['Not planned here:', ...skipped.map(({ address, reason }) => `  ${address}: ${reason}`)].join('\n');
}

function painted(kind: ActionKind, { green, yellow, red, magenta, cyan }: Palette): string {
  const text = `${SIGNS[kind]} ${kind}`.trim();
  if (kind === 'create') return green(text);
  if (kind === 'update') return yellow(text);
  if (kind === 'adopt' || kind === 'forget') return cyan(text);
  return kind === 'replace' ? magenta(text) : red(text);
}

function shown(json: Json): string {
  return json === null ? 'none' : canonical(json);
}

/** Paragraphs with an empty line between them; empty ones are left out. */
export function sections(...texts: readonly string[]): string {
  return `${sectionsOf(...texts)}\n`;
}

function sectionsOf(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}
