// Who is where: team → account → consumer, and in red what is made anew or goes. Only generated ids, and labels of
// letters and digits: whatever a name holds, it is no Mermaid.

import type { Change } from '../../change.ts';
import type { Review } from '../../review.ts';
import { isAccount, isTeam } from '../../words/nouns.ts';

const LONGEST_LABEL = 40;

/** `undefined` when nothing ends, or when the chart would be too long to be drawn. */
export function tryMap({ changes }: Review, limit: number): string | undefined {
  const accounts = changes.filter(
    (change) => isAccount(change) && (change.kind === 'replace' || change.kind === 'delete'),
  );
  if (accounts.length === 0) return undefined;
  const teams = changes.filter(
    (change) => isTeam(change) && (change.kind === 'replace' || change.kind === 'delete'),
  );
  const lines = ['flowchart LR'];
  const red: string[] = [];
  const ids = new Map<string, string>();
  const node = (prefix: string, key: string, label: string, shape: readonly [string, string]) => {
    const known = ids.get(`${prefix} ${key}`);
    if (known !== undefined) return known;
    const id = `${prefix}${ids.size}`;
    ids.set(`${prefix} ${key}`, id);
    lines.push(`  ${id}${shape[0]}"${label}"${shape[1]}`);
    return id;
  };
  const teamNode = (account: Change) => {
    const name = account.team;
    if (name === undefined || name === null) return node('o', '', 'organization', ['[', ']']);
    const ending = teams.find((team) => team.name === name);
    const parallels = ending?.blast.parallels ?? 0;
    const own = parallels === 0 ? '' : `<br/>${parallels} parallels of its own`;
    const id = node('t', name, `team ${label(name)}${own}`, ['[', ']']);
    if (ending !== undefined && !red.includes(id)) red.push(id);
    return id;
  };
  for (const account of accounts) {
    const team = teamNode(account);
    const id = node('a', account.id, label(account.name), ['[', ']']);
    lines.push(`  ${team} --> ${id}`);
    red.push(id);
    for (const consumer of account.consumers) {
      const user = node('c', consumer, label(consumer), ['([', '])']);
      lines.push(`  ${id} --> ${user}`);
      if (!red.includes(user)) red.push(user);
    }
  }
  lines.push(
    '  classDef red fill:#ffebe9,stroke:#cf222e,color:#82071e,stroke-width:2px',
    `  class ${red.join(',')} red`,
  );
  const chart = lines.join('\n');
  return chart.length <= limit ? chart : undefined;
}

function label(name: string): string {
  const harmless = name
    .replace(/[^\p{L}\p{N} ._-]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = [...harmless];
  const short =
    characters.length <= LONGEST_LABEL ? harmless : `${characters.slice(0, LONGEST_LABEL).join('')}…`;
  return short === '' ? '(unprintable)' : short;
}
