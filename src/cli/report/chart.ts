// Ages of keys as bars: how many are how old, and how many are older than the policy allows.

import type { ReportedKey } from './facts.ts';
import { type Html, html } from './html.ts';

export interface Bucket {
  readonly label: string;
  readonly count: number;
  readonly kind: 'bar' | 'old' | 'unknown';
}

/** Parts of the policy's greatest age, then what is beyond it, then what nobody knows. */
export function ageBuckets(keys: readonly ReportedKey[], maxAge: number): readonly Bucket[] {
  const edges = [...new Set([0, 1 / 3, 2 / 3, 1].map((part) => Math.round(maxAge * part)))];
  const within = edges.slice(1).map((to, index): Bucket => {
    const from = edges[index] ?? 0;
    const is = (age: number) => age <= to && (index === 0 ? age >= 0 : age > from);
    return { label: `${index === 0 ? 0 : from + 1}–${to} days`, count: counted(keys, is), kind: 'bar' };
  });
  const beyond: readonly Bucket[] = [
    {
      label: `${maxAge + 1}–${2 * maxAge} days`,
      count: counted(keys, (age) => age > maxAge && age <= 2 * maxAge),
      kind: 'old',
    },
    { label: `over ${2 * maxAge} days`, count: counted(keys, (age) => age > 2 * maxAge), kind: 'old' },
  ];
  const unknown = keys.filter(({ ageDays }) => ageDays === undefined).length;
  return [...within, ...beyond, { label: 'not known', count: unknown, kind: 'unknown' }];
}

const ROW = 28;
const LEFT = 130;
const WIDTH = 640;

export function ageChart(buckets: readonly Bucket[]): Html {
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  const said = buckets.map(({ label, count }) => `${label}: ${count}`).join(', ');
  const bars = buckets.map(({ label, count, kind }, index) => {
    const y = index * ROW;
    const length = Math.round(((WIDTH - LEFT - 60) * count) / most);
    return html`<text x="${LEFT - 10}" y="${y + 18}" text-anchor="end">${label}</text>
<rect class="${kind}" x="${LEFT}" y="${y + 4}" width="${count === 0 ? 0 : Math.max(2, length)}" height="${ROW - 8}" rx="3"/>
<text x="${LEFT + length + 8}" y="${y + 18}">${count}</text>
`;
  });
  return html`<svg role="img" aria-label="Keys by age. ${said}" viewBox="0 0 ${WIDTH} ${buckets.length * ROW}" width="${WIDTH}" height="${buckets.length * ROW}">
${bars}</svg>`;
}

function counted(keys: readonly ReportedKey[], is: (age: number) => boolean): number {
  return keys.filter(({ ageDays }) => ageDays !== undefined && is(ageDays)).length;
}
