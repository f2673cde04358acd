// The comment: verdict and consequence first, then causes, events, the way out, findings; the rest is folded. It always
// fits: what is least dangerous is left out first, whole rows at a time, and the last line says so.

import { isEvent } from '../../change.ts';
import type { Finding } from '../../finding.ts';
import { count, joined, named, type Phrase, say, strong } from '../../phrase.ts';
import type { Review } from '../../review.ts';
import { rowsOf } from '../../row.ts';
import { minuteOf } from '../../words/causes.ts';
import { secretsInWords, timeInWords, undoInWords } from '../../words/footer.ts';
import { headline } from '../../words/headline.ts';
import { instead } from '../../words/instead.ts';
import { lead } from '../../words/lead.ts';
import { policyInWords } from '../../words/policy.ts';
import { VERDICT_SIGNS } from '../signs.ts';
import { attributeTable, keyTable, warningTable } from './details.ts';
import { bytesOf, type Dialect } from './dialect.ts';
import { eventTables } from './events.ts';
import { findingTable } from './findings.ts';
import { codeSpan, markdown } from './inline.ts';
import { tryMap } from './map.ts';
import { markerOf } from './marker.ts';
import { refusalBlocks } from './refusals.ts';
import { type Table, tableText } from './table.ts';

export interface CommentOptions {
  readonly dialect: Dialect;
  /** Name of the stack: part of the marker, so that each has a comment of its own. */
  readonly stack: string;
  /** First digits of the digest of the plan that may be applied. */
  readonly plan?: string;
  readonly commit?: string;
  /** Where everything is that did not fit. */
  readonly allOfIt?: string;
}

/** How many rows of each part are shown. */
interface Cut {
  readonly events: number;
  readonly findings: number;
  readonly details: number;
  readonly map: boolean;
}

export function comment(review: Review, findings: readonly Finding[], options: CommentOptions): string {
  const render = renderer(review, findings, options);
  const fits = (cut: Cut) => bytesOf(render(cut)) <= options.dialect.limit;
  const all: Cut = { events: Infinity, findings: Infinity, details: Infinity, map: true };
  if (fits(all)) return render(all);
  const most = review.changes.length * 40 + review.diagnostics.length;
  const details = largest(most, (rows) => fits({ ...all, details: rows }));
  if (details > 0) return render({ ...all, details });
  const shown = largest(review.changes.length + findings.length, (rows) =>
    fits({ events: rows, findings: rows, details: 0, map: false }),
  );
  return render({ events: shown, findings: shown, details: 0, map: false });
}

/** The largest number up to `most` that holds; what holds for a number holds for each smaller one. */
function largest(most: number, holds: (value: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function renderer(
  review: Review,
  findings: readonly Finding[],
  options: CommentOptions,
): (cut: Cut) => string {
  const { dialect, stack } = options;
  const rows = rowsOf(review.changes);
  const events = eventTables(rows);
  const refused = review.verdict === 'refused';
  const inKeyTable = rows
    .filter(({ changes, section }) => changes.length > 1 && section === 'rotates')
    .flatMap(({ changes }) => changes);
  const keys = new Set(inKeyTable);
  const inAttributes = review.changes.filter((change) => isTold(change) && !keys.has(change));
  const parts = {
    heading: `### ${VERDICT_SIGNS[review.verdict]} BrowserStack · ${codeSpan(stack, 'text')} — ${markdown(headline(review), 'text')}`,
    lead: lead(review).map((phrase) => markdown(phrase, 'text')),
    refusals: refusalBlocks(review),
    instead: instead(review).map(({ label, words }) => `**${label}:** ${markdown(words, 'text')}`),
    facts: factsLine(review, findings),
    findings: findingTable(findings),
    map: tryMap(review, dialect.chart),
    keys: keyTable(inKeyTable),
    attributes: attributeTable(inAttributes),
    warnings: warningTable(review),
  };
  return (cut) => {
    const details = [
      ...(cut.map && parts.map !== undefined
        ? [fold(dialect, 'Who is where (red: made anew, or gone)', `\`\`\`mermaid\n${parts.map}\n\`\`\``)]
        : []),
      ...folded(dialect, `All ${inKeyTable.length} keys`, parts.keys, cut),
      ...folded(
        dialect,
        `Why, attribute by attribute (${count(inAttributes.length, 'object')})`,
        parts.attributes,
        cut,
      ),
      ...folded(dialect, `What the provider warned of (${parts.warnings.rows.length})`, parts.warnings, cut),
    ];
    const quiet = review.verdict === 'quiet' && findings.length === 0;
    return [
      markerOf(stack, { ...options, at: review.plan.timestamp }),
      parts.heading,
      '',
      ...paragraphs([
        ...parts.lead,
        ...parts.refusals,
        ...(refused ? [...parts.instead, rows.length > 0 ? 'As far as it was planned:' : ''] : []),
        ...events.map((table) => tableText(table, cut.events)),
        ...(refused ? [] : parts.instead),
        quiet || refused ? '' : parts.facts,
        tableText(parts.findings, cut.findings),
        ...details,
        footer(review, options, missing(cut, parts)),
      ]),
    ].join('\n');
  };
}

function isTold(change: Review['changes'][number]): boolean {
  return change.differences.length > 0 || isEvent(change);
}

function paragraphs(texts: readonly string[]): readonly string[] {
  return [`${texts.filter((text) => text !== '').join('\n\n')}\n`];
}

function factsLine(review: Review, findings: readonly Finding[]): string {
  const other = review.counts.other_providers;
  const parts: readonly Phrase[] = [
    ['⏱ ', ...timeInWords(review)],
    ['↩︎ ', ...undoInWords(review)],
    ['📜 ', ...policyInWords(findings)],
    ['🔒 ', ...secretsInWords(review)],
    ...(other === 0 ? [] : [[`${count(other, 'change')} of other providers`]]),
  ];
  return markdown(joined(parts, ' · '), 'text');
}

function folded(dialect: Dialect, title: string, table: Table, { details }: Cut): readonly string[] {
  const text = tableText(table, details);
  return text === '' ? [] : [fold(dialect, title, text)];
}

function fold({ folds }: Dialect, title: string, body: string): string {
  if (!folds) return `**${title}**\n\n${body}`;
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function missing(
  cut: Cut,
  {
    attributes,
    keys,
    warnings,
    findings,
    map,
  }: {
    readonly attributes: Table;
    readonly keys: Table;
    readonly warnings: Table;
    readonly findings: Table;
    readonly map: string | undefined;
  },
): readonly string[] {
  const over = ({ rows }: Table, most: number) => Math.max(0, rows.length - most);
  const details = over(attributes, cut.details) + over(keys, cut.details) + over(warnings, cut.details);
  return [
    ...(details > 0 ? [`${count(details, 'row')} of details`] : []),
    ...(over(findings, cut.findings) > 0 ? [count(over(findings, cut.findings), 'finding')] : []),
    ...(!cut.map && map !== undefined ? ['the map'] : []),
    ...(cut.events === Infinity ? [] : ['rows of events']),
  ];
}

const ENGINES = {
  terraform: 'Terraform',
  opentofu: 'OpenTofu',
  reconciler: 'browserstack-iac',
  static: 'two configurations compared, without a look at what is there',
} as const;

function footer(
  review: Review,
  { dialect, plan, commit, allOfIt }: CommentOptions,
  leftOut: readonly string[],
): string {
  const { engine, engineVersion, timestamp, severalOrganizations, mode } = review.plan;
  const made = [
    ...(plan === undefined ? ['Plan'] : ['Plan ', ...say`${plan.slice(0, 12)}`]),
    ...(timestamp === undefined ? [] : [` of ${minuteOf(timestamp)}`]),
    ...(commit === undefined ? [] : [' for commit ', ...say`${commit.slice(0, 7)}`]),
  ];
  const said: readonly Phrase[] = [
    made,
    [`${ENGINES[engine]}${engineVersion === undefined ? '' : ` ${engineVersion}`}`],
    ...(mode === 'refresh-only' ? [['only the state is refreshed, nothing is changed at BrowserStack']] : []),
    ...(severalOrganizations ? [['which organization each change belongs to is not in this plan']] : []),
    ...(plan === undefined || !review.plan.applyable
      ? []
      : [
          [
            'approve this comment, apply exactly this plan: ',
            { command: `browserstack-iac review --verify ${plan.slice(0, 12)}` },
          ] as Phrase,
        ]),
    ...(leftOut.length === 0
      ? []
      : [
          [
            ...strong([`Left out, because a comment may not be longer: ${leftOut.join(', ')}`]),
            '. ',
            ...whereAll(allOfIt),
          ],
        ]),
  ];
  const text = markdown(joined(said, ' · '), 'text');
  return dialect.html ? `<sub>${text}</sub>` : text;
}

function whereAll(allOfIt: string | undefined): Phrase {
  return allOfIt === undefined
    ? ['All of it is in the output of the job.']
    : ['All of it: ', ...named([allOfIt])];
}
