// For a terminal and the log of a job: the same as the comment, without tables. Nothing of it begins with a name.

import type { Change } from '../change.ts';
import type { Finding } from '../finding.ts';
import { count, joined, type Phrase, say, written } from '../phrase.ts';
import type { Review } from '../review.ts';
import { type Row, rowsOf } from '../row.ts';
import { visible } from '../visible.ts';
import { whyItRotates } from '../words/causes.ts';
import { secretsInWords, timeInWords, undoInWords } from '../words/footer.ts';
import { headline } from '../words/headline.ts';
import { instead } from '../words/instead.ts';
import { lead } from '../words/lead.ts';
import { consumersOf, subject } from '../words/nouns.ts';
import { policyInWords } from '../words/policy.ts';
import { remarkInWords } from '../words/remarks.ts';
import { signOf } from './signs.ts';

/** How many consumers of a row are named. */
const NAMED = 5;

/** `bold` stresses on a terminal and returns what it is given elsewhere. */
export function reviewAsText(
  review: Review,
  findings: readonly Finding[],
  stack: string,
  bold: (text: string) => string = (text) => text,
): string {
  const text = (phrase: Phrase) => plain(phrase, bold);
  const rows = rowsOf(review.changes).map((row) => rowText(row, text));
  const other = review.counts.other_providers;
  return `${[
    bold(`${review.verdict.toUpperCase()}: BrowserStack, stack ${quoted(stack)}: ${plain(headline(review))}`),
    ...lead(review).map(text),
    ...review.refusals.map(({ summary, detail, address }) =>
      [
        address === undefined ? '' : `at ${quoted(address)}:`,
        visible(summary),
        ...detail.split('\n').map(visible),
      ]
        .filter(Boolean)
        .map((line) => `  | ${line}`)
        .join('\n'),
    ),
    rows.join('\n'),
    ...instead(review).map(({ label, words }) => `${bold(`${label}:`)} ${text(words)}`),
    [
      `Time: ${text(timeInWords(review))}.`,
      `Undo: ${text(undoInWords(review))}.`,
      `Policy: ${text(policyInWords(findings))}.`,
      `Secrets: ${text(secretsInWords(review))}.`,
      ...(other === 0 ? [] : [`${count(other, 'change')} of other providers, which are not reviewed here.`]),
    ].join('\n'),
    ...findings.map((finding) => findingText(finding, text)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function rowText(row: Row, text: (phrase: Phrase) => string): string {
  const [first] = row.changes;
  if (first === undefined) return '';
  const why = row.section === 'rotates' ? whyItRotates(first) : [];
  const remarks = first.remarks
    .filter(({ code }) => code !== 'still_due' && !(code === 'by_action' && why.length > 0))
    .map((remark) => remarkInWords(remark));
  const renamed = first.newName === undefined || row.changes.length > 1 ? [] : say` → ${first.newName}`;
  const said = joined([why, ...remarks], '; ');
  const lines = [
    `  ${signOf(first)}: ${text([...subject(row), ...renamed])}${said.length === 0 ? '' : `: ${text(said)}`}`,
    ...(first.breaks || row.section === 'rotates'
      ? [`      used by: ${users(row)}`, ...deliveredText(first)]
      : []),
  ];
  return lines.join('\n');
}

function users({ changes }: Row): string {
  const consumers = consumersOf(changes);
  if (consumers.length === 0) return 'nobody is declared';
  const more = consumers.length - NAMED;
  return `${consumers.slice(0, NAMED).map(quoted).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function deliveredText({ deliveries, kind }: Change): readonly string[] {
  if (kind === 'delete' || kind === 'waiting' || kind === 'held_back') return [];
  if (deliveries.length === 0) return ['      delivered by: nothing in this plan'];
  return deliveries.slice(0, NAMED).map(({ shown, fires, certain }) => {
    const how = fires
      ? certain
        ? ''
        : ' (perhaps: it hangs on a local value)'
      : ' does NOT change in this plan';
    return `      delivered by: ${quoted(shown)}${how}`;
  });
}

function findingText(
  { rule, level, address, identifier, message, fix, waived }: Finding,
  text: (phrase: Phrase) => string,
): string {
  const where = identifier ?? address;
  const said =
    waived === undefined
      ? ''
      : ` (waived by ${quoted(waived.owner)} until ${visible(waived.until)}, ${quoted(waived.ticket)})`;
  return `${level} ${rule}${where === undefined ? '' : ` at ${quoted(where)}`}: ${text(message)}${said}\n  mend: ${text(fix)}`;
}

export function plain(phrase: Phrase, bold: (text: string) => string = (text) => text): string {
  return written(phrase, {
    text: (own) => own,
    name: quoted,
    command: (command) => visible(command),
    strong: bold,
  });
}

/** A name, so that it is seen where it begins and ends. */
function quoted(name: string): string {
  const seen = visible(name);
  if (!seen.includes('"')) return `"${seen}"`;
  return seen.includes("'") ? `"${seen.replaceAll('"', '\\"')}"` : `'${seen}'`;
}
