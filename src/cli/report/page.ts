// The report as one page of HTML that needs nothing else.

import { ageBuckets, ageChart } from './chart.ts';
import { LIMITS } from './evidence.ts';
import type { Report } from './facts.ts';
import { type Html, html } from './html.ts';
import {
  accounts,
  calendar,
  deliveries,
  findings,
  notAsDeclared,
  reviews,
  unmanaged,
  waivers,
} from './sections.ts';
import { STYLE } from './style.ts';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

export function page(report: Report, version: string): string {
  const { organization, at, keys, maxAge } = report;
  const name = organization ?? 'organization';
  const sections = sectionsOf(report);
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex">
<title>BrowserStack keys of ${name}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
<header>
<h1>BrowserStack keys of ${name}</h1>
<p class="dim">${minuteOf(at)} UTC · browserstack-iac ${version} · keys may get ${maxAge} days old${report.policy.file === undefined ? ' (no policy file: the default)' : ''}</p>
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main id="main">
${tiles(report)}
${sections.map(
  ({ id, title, body }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${body}</section>
`,
)}
</main>
<footer><p class="dim">${keys.length} accounts. No key is in this page, and no fingerprint tells one.</p></footer>
</body>
</html>
`;
  return document.text;
}

function sectionsOf(report: Report): readonly Section[] {
  const { keys, maxAge } = report;
  const all: readonly (Section | undefined)[] = [
    { id: 'ages', title: 'Ages', body: ageChart(ageBuckets(keys, maxAge)) },
    { id: 'due', title: 'Due', body: calendar(report) },
    section('drift', 'Not as declared', notAsDeclared(report)),
    section('findings', 'Findings of reviews', findings(report)),
    section('unmanaged', 'Managed by nobody', unmanaged(report)),
    { id: 'accounts', title: 'Accounts', body: accounts(report) },
    section('deliveries', 'Deliveries', deliveries(report)),
    section('waivers', 'Waivers', waivers(report)),
    section('reviews', 'Reviews', reviews(report)),
    {
      id: 'limits',
      title: 'What this cannot prove',
      body: html`<ul>${LIMITS.map((limit) => html`<li>${limit}</li>`)}</ul>`,
    },
  ];
  return all.filter((one) => one !== undefined);
}

function section(id: string, title: string, body: Html | undefined): Section | undefined {
  return body === undefined ? undefined : { id, title, body };
}

function tiles({ keys, unseen }: Report): Html {
  const count = (is: (key: Report['keys'][number]) => boolean) => keys.filter(is).length;
  const figures: readonly (readonly [number, string, boolean])[] = [
    [keys.length, 'accounts', false],
    [count(({ overdue }) => overdue), 'overdue', true],
    [count(({ tooOld }) => tooOld === true), 'older than allowed', true],
    [
      count(({ status }) => status === 'changed_elsewhere' || status === 'lost') + unseen.length,
      'not as declared',
      true,
    ],
    [count(({ managed }) => !managed), 'managed by nobody', true],
    [count(({ managed, owner }) => managed && owner === undefined), 'without an owner', true],
  ];
  return html`<ul class="tiles">${figures.map(([figure, label, bad]) => html`<li><b class="${bad && figure > 0 ? 'red' : ''}">${figure}</b> ${label}</li>`)}</ul>`;
}

function minuteOf(date: Date): string {
  return date.toISOString().slice(0, 16).replace('T', ' ');
}
