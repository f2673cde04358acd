import { canonical, type Json } from '../../reconcile/canonical.ts';
import type { LeftAlone } from '../../reconcile/input/desired.ts';
import { costInWords } from '../../reconcile/plan/cost.ts';
import type { Difference } from '../../reconcile/plan/diff.ts';
import type { Drift, DriftKind } from '../../reconcile/plan/drift.ts';
import { type ActionKind, isChange, type Plan, type PlannedAction } from '../../reconcile/plan/plan.ts';
import { type Palette, quoted } from './palette.ts';
import { table } from './table.ts';

const SIGNS: Readonly<Record<ActionKind, string>> = {
  create: '+',
  update: '~',
  replace: '-/+',
  delete: '-',
  'no-op': '',
  unmanaged: '?',
};

/** How many unmanaged objects are named before the rest is only counted. */
const NAMED_UNMANAGED = 10;

/** A plan for the person who has to say yes to it. */
export function planAsText(plan: Plan, palette: Palette): string {
  const changes = plan.actions.filter(isChange);
  if (changes.length === 0)
    return sections(
      `${palette.bold('No changes.')} Everything declared is as declared.`,
      unmanagedAsText(unmanagedOf(plan), palette),
      leftAloneAsText(plan.leftAlone),
    );
  return sections(
    table(changes.map((action) => actionRow(action, palette))),
    unmanagedAsText(unmanagedOf(plan), palette),
    leftAloneAsText(plan.leftAlone),
    `${palette.bold('Plan:')} ${countsInWords(plan)}.\nApplying it takes ${costInWords(plan.cost)} (${plan.cost.writes} writes, ${plan.cost.lists} lists).\nFingerprint ${plan.fingerprint}.`,
  );
}

/** What differs from the stack, told without proposing anything. */
export function driftAsText(drift: Drift, palette: Palette): string {
  const declared = drift.objects.filter(({ kind }) => kind !== 'unmanaged');
  const unmanaged = drift.objects.filter(({ kind }) => kind === 'unmanaged');
  const { missing, moved, changed } = drift.counts;
  const verdict = drift.inSync
    ? `${palette.bold('No drift.')} Everything declared is as declared.`
    : `${palette.bold('Drift:')} ${missing} missing, ${moved} moved, ${changed} changed, ${drift.counts.unmanaged} unmanaged.`;
  const rows = declared.map(({ kind, address, type, name, differences }) => ({
    sign: paintedDrift(kind, palette),
    what: `${address ?? type} ${quoted(name)}${differencesAsText(differences)}`,
  }));
  return sections(
    rows.length === 0 ? '' : table(rows.map(({ sign, what }) => [sign, what])),
    unmanagedAsText(unmanaged, palette),
    leftAloneAsText(drift.leftAlone),
    verdict,
  );
}

/** "2 to create, 1 to replace; 3 unchanged". */
export function countsInWords({ counts }: Pick<Plan, 'counts'>): string {
  const todo = (['create', 'update', 'replace', 'delete'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} to ${kind}`);
  const rest = [
    counts['no-op'] > 0 ? `${counts['no-op']} unchanged` : '',
    counts.unmanaged > 0 ? `${counts.unmanaged} unmanaged` : '',
  ].filter(Boolean);
  return [todo.join(', ') || 'nothing to do', rest.join(', ')].filter(Boolean).join('; ');
}

function actionRow(action: PlannedAction, palette: Palette): readonly string[] {
  const { kind, address, type, name, differences, warnings } = action;
  const warned = warnings.map((warning) => `\n${palette.yellow('Warning:')} ${safe(warning)}`).join('');
  return [
    painted(kind, palette),
    `${address ?? type} ${quoted(name)}${differencesAsText(differences)}${warned}`,
  ];
}

function differencesAsText(differences: readonly Difference[]): string {
  return differences
    .map(({ attribute, before, after, replaces }) => {
      return `\n  ${attribute}: ${shown(before)} → ${shown(after)}${replaces ? '  (forces a new object)' : ''}`;
    })
    .join('');
}

function unmanagedOf(plan: Plan) {
  return plan.actions.filter(({ kind }) => kind === 'unmanaged');
}

function unmanagedAsText(objects: readonly Pick<PlannedAction, 'type' | 'name'>[], { dim }: Palette): string {
  if (objects.length === 0) return '';
  const some = objects.slice(0, NAMED_UNMANAGED).map(({ type, name }) => `  ${type} ${quoted(name)}`);
  const more = objects.length - some.length;
  const rest = more > 0 ? [`  and ${more} more (--json names them all)`] : [];
  return dim([`There, but declared nowhere in this stack (left alone):`, ...some, ...rest].join('\n'));
}

function leftAloneAsText(leftAlone: readonly LeftAlone[]): string {
  if (leftAlone.length === 0) return '';
  const lines = leftAlone.map(({ address, reason }) => `  ${address}: ${reason}`);
  return ['Left alone (plan these with Terraform):', ...lines].join('\n');
}

function painted(kind: ActionKind, { green, yellow, red, magenta }: Palette): string {
  const text = `${SIGNS[kind]} ${kind}`.trim();
  if (kind === 'create') return green(text);
  if (kind === 'update') return yellow(text);
  return kind === 'replace' ? magenta(text) : red(text);
}

function paintedDrift(kind: DriftKind, { red, yellow, magenta }: Palette): string {
  if (kind === 'missing') return red(kind);
  return kind === 'moved' ? magenta(kind) : yellow(kind);
}

function shown(json: Json): string {
  return json === null ? 'none' : safe(canonical(json));
}

/** Text that may hold names from outside, harmless for a terminal. */
function safe(text: string): string {
  return quoted(text).slice(1, -1).replaceAll('\\"', '"');
}

/** Paragraphs with an empty line between them; empty ones are left out. */
export function sections(...texts: readonly string[]): string {
  return `${texts.filter((text) => text !== '').join('\n\n')}\n`;
}
