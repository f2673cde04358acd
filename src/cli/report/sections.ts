// What stands in the sections of a report. A section without content is not there.

import { stateOf } from './evidence.ts';
import type { Report, ReportedKey } from './facts.ts';
import { type Html, html } from './html.ts';

/** Longer lists would make a page that no browser shows in time; the evidence has all. */
const MOST = 2000;

/** What is due in which month, overdue first. */
export function calendar({ keys, at }: Report): Html {
  const dated = keys
    .flatMap((key) => (key.dueAt === undefined ? [] : [{ key, dueAt: key.dueAt }]))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  if (dated.length === 0) return html`<p>No key has a due date: nothing makes one due but a trigger.</p>`;
  const months = new Map<string, typeof dated>();
  for (const one of dated) {
    const month = one.dueAt <= at ? 'overdue' : one.dueAt.toISOString().slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), one]);
  }
  const rows = [...months].map(
    ([month, due]) =>
      html`<tr><th scope="row" class="${month === 'overdue' ? 'red' : ''}">${month}</th><td class="number">${due.length}</td><td>${listed(
        due.map(
          ({ key, dueAt }) =>
            html`<code>${key.identifier}</code> <span class="dim date">${dayOf(dueAt)}</span>`,
        ),
        MOST,
      )}</td></tr>`,
  );
  return table('Due, by month', ['month', 'keys', 'which'], rows);
}

export function notAsDeclared({ keys, unseen }: Report): Html | undefined {
  const strange = keys.filter(({ status }) => status === 'changed_elsewhere' || status === 'lost');
  if (strange.length + unseen.length === 0) return undefined;
  const rows = [
    ...strange.map(
      (key) =>
        html`<tr><td class="name">${key.identifier}</td><td><code>${key.username}</code></td><td class="red">${
          key.status === 'lost' ? 'the key of the state is lost' : 'somebody changed the key elsewhere'
        }</td></tr>`,
    ),
    ...unseen.map(
      (username) =>
        html`<tr><td>–</td><td><code>${username}</code></td><td class="red">the account is not seen: deleted, or of another team or organization</td></tr>`,
    ),
  ];
  return html`${table('Not as declared', ['account', 'user name', 'what'], rows)}<p>The next plan of its stack says what happens about it.</p>`;
}

export function findings({ reviews }: Report): Html | undefined {
  const rows = reviews.flatMap(({ stack, findings }) =>
    findings.map(({ rule, level, identifier, address, message, fix, waived }) => {
      const said =
        waived === null
          ? html`${message}. ${fix}`
          : html`<s>${message}</s> waived by ${waived.owner} until ${waived.until}: ${waived.reason}`;
      return html`<tr><td class="${waived === null && level === 'error' ? 'red' : 'dim'}">${level}</td><td><code>${rule}</code></td><td class="name">${identifier ?? address ?? 'the plan'} <span class="dim">(${stack})</span></td><td>${said}</td></tr>`;
    }),
  );
  return rows.length === 0
    ? undefined
    : table('Findings', ['level', 'rule', 'where', 'what, and how to mend it'], rows);
}

export function unmanaged({ keys, states }: Report): Html | undefined {
  const nobodys = keys.filter(({ managed }) => !managed);
  if (nobodys.length === 0) return undefined;
  const rows = nobodys
    .slice(0, MOST)
    .map(
      ({ identifier, username, team }) =>
        html`<tr><td class="name">${identifier}</td><td><code>${username}</code></td><td>${team ?? 'the organization'}</td></tr>`,
    );
  const because =
    states.length === 0
      ? 'No state was given: whether one manages them is not known.'
      : 'No state that was given manages them: nobody rotates them, and nobody says who uses them.';
  return html`<p>${because} <code>browserstack-iac adopt</code> writes their configuration.</p>${table('Managed by nobody', ['account', 'user name', 'team'], rows)}`;
}

export function accounts({ keys }: Report): Html {
  const oldestFirst = [...keys].sort((a, b) => (b.ageDays ?? -1) - (a.ageDays ?? -1));
  const rows = oldestFirst.slice(0, MOST).map(
    (key) =>
      html`<tr><td class="name">${key.identifier}</td><td><code>${key.username}</code></td><td>${key.team ?? 'the organization'}</td><td class="number ${key.tooOld === true ? 'red' : ''}">${
        key.ageDays === undefined ? '–' : `${key.ageDays} d`
      }${key.countedFrom === 'adoption' ? html` <span class="dim">as declared</span>` : ''}</td><td>${statusOf(key)}</td><td>${key.dueAt === undefined ? '–' : dayOf(key.dueAt)}</td><td>${
        key.rotatedAt === undefined
          ? '–'
          : `${dayOf(key.rotatedAt)}: ${key.reason ?? key.cause ?? 'no reason kept'}`
      }</td><td class="name">${key.owner ?? '–'}</td><td>${listed(
        key.consumers.map((one) => html`${one}`),
        20,
      )}</td></tr>`,
  );
  const rest = keys.length - rows.length;
  return html`${table('Accounts, the oldest key first', ['account', 'user name', 'team', 'age', 'status', 'due', 'last rotated', 'owner', 'consumers'], rows)}${
    rest > 0 ? html`<p>${rest} more: see the evidence (--evidence).</p>` : ''
  }`;
}

export function deliveries({ keys }: Report): Html | undefined {
  const rows = keys.flatMap((key) =>
    key.deliveries.map(
      ({ store, address, confirmedAt, current }) =>
        html`<tr><td class="name">${key.identifier}</td><td class="name">${store} <span class="dim">${address}</span></td><td>${
          current
            ? html`<span class="green">holds the key of now</span>`
            : html`<span class="red">was last seen to hold another key</span>`
        }</td><td>${confirmedAt ?? '–'}</td></tr>`,
    ),
  );
  return rows.length === 0
    ? undefined
    : table('Deliveries', ['account', 'store', 'what it holds', 'last seen'], rows);
}

export function waivers(report: Report): Html | undefined {
  const rows = report.waivers.map((waiver) => {
    const { rule, subject, owner, reason, ticket, until } = waiver;
    const expired = stateOf(waiver, report.at) === 'expired';
    return html`<tr><td><code>${rule}</code></td><td class="name">${'identifier' in subject ? subject.identifier : subject.address}</td><td class="${expired ? 'red' : ''}">${until}${expired ? ' (expired)' : ''}</td><td>${owner}</td><td>${reason} (${ticket})</td></tr>`;
  });
  return rows.length === 0 ? undefined : table('Waivers', ['rule', 'for', 'until', 'owner', 'reason'], rows);
}

export function reviews({ reviews: kept }: Report): Html | undefined {
  const rows = kept.map(
    ({ stack, verdict, headline, source }) =>
      html`<tr><td>${stack}</td><td class="${verdict === 'danger' || verdict === 'refused' ? 'red' : ''}">${verdict}</td><td>${headline}</td><td>${source.timestamp ?? '–'}</td><td><code>${source.commit?.slice(0, 12) ?? '–'}</code></td></tr>`,
  );
  return rows.length === 0
    ? undefined
    : table('Reviews', ['stack', 'verdict', 'what', 'planned', 'commit'], rows);
}

function statusOf({ status, overdue, paired }: ReportedKey): Html {
  const text = `${status.replaceAll('_', ' ')}${overdue ? ', overdue' : ''}${paired ? ', of a pair' : ''}`;
  if (overdue || status === 'lost') return html`<span class="red">${text}</span>`;
  return status === 'changed_elsewhere' ? html`<span class="yellow">${text}</span>` : html`${text}`;
}

/** A region that scrolls is reached by keyboard too. */
function table(name: string, head: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll" role="region" aria-label="${name}, as a table" tabindex="0"><table>
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row) => html`${row}
`,
)}</tbody></table></div>
`;
}

function listed(items: readonly Html[], most: number): Html {
  if (items.length === 0) return html`–`;
  const shown = items.slice(0, most).flatMap((item, index) => (index === 0 ? [item] : [html`, `, item]));
  return html`${shown}${items.length > most ? ` and ${items.length - most} more` : ''}`;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
