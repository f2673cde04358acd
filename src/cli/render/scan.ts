import type { Found, Searched } from '../scan/places.ts';
import { envelope } from './envelope.ts';
import type { Palette } from './palette.ts';
import { quoted } from './palette.ts';
import { table } from './table.ts';

export interface ScanResult extends Searched {
  /** How many keys were looked for. */
  readonly known: number;
  /** How many different texts were tried. */
  readonly tokens: number;
}

/** For people: where, whose, and what ends it. */
export function scanAsText(result: ScanResult, palette: Palette): string {
  const { found, unread, shallow } = result;
  const head = ['where', 'account', 'user name', 'consumers'].map((name) => palette.bold(name));
  const rows = found.map((one) => [
    palette.red(placeOf(one)),
    one.key.identifier === undefined ? '–' : quoted(one.key.identifier),
    one.key.username,
    one.key.consumers.length === 0 ? '–' : one.key.consumers.map(quoted).join(', '),
  ]);
  const parts = [
    ...(found.length === 0 ? [] : [table([head, ...rows])]),
    summaryOf(result),
    ...(found.length === 0 ? [] : [whatToDo(result)]),
    ...(shallow
      ? [palette.yellow('The clone is shallow: what was before it was not searched (git fetch --unshallow).')]
      : []),
    ...(unread.length === 0
      ? []
      : [palette.yellow(['Not searched:', ...unread.map((one) => `  ${one}`)].join('\n'))]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** For machines. Nothing in it is, or tells, a key. */
export function scanAsJson({ found, known, tokens, files, objects, unread, shallow }: ScanResult): object {
  return envelope({
    found: found.map(({ key, file, commit, line, column }) => ({
      file: file ?? null,
      commit: commit ?? null,
      line,
      column,
      username: key.username,
      identifier: key.identifier ?? null,
      team: key.team ?? null,
      consumers: key.consumers,
      address: key.address ?? null,
      fingerprint: key.fingerprint,
    })),
    searched: { keys: known, tokens, files, objects, unread, shallow },
  });
}

/** `src/a.ts:3:7`, with the commit where it is one of the past. */
export function placeOf({
  file,
  commit,
  line,
  column,
}: Pick<Found, 'file' | 'commit' | 'line' | 'column'>): string {
  const short = commit?.slice(0, 12);
  if (file === undefined)
    return short === undefined
      ? 'an object of git that no commit has'
      : `message of commit ${short}, line ${line}`;
  return `${short === undefined ? '' : `${short}:`}${file}:${line}:${column}`;
}

function summaryOf({ found, known, tokens, files, objects }: ScanResult): string {
  const keys = new Set(found.map(({ key }) => key.fingerprint)).size;
  const what =
    found.length === 0
      ? 'No key was found'
      : `${counted(keys, 'key')} found in ${counted(found.length, 'place')}`;
  const where = [counted(files, 'file'), ...(objects === 0 ? [] : [`${counted(objects, 'object')} of git`])];
  return `${what}: ${where.join(' and ')} searched for ${counted(known, 'key')}, ${counted(tokens, 'text')} tried.`;
}

/** Removing it from a file ends nothing: whoever has a clone has the key. */
function whatToDo({ found }: ScanResult): string {
  const names = new Set(found.map(({ key }) => key.username));
  return [
    'Rotate what was found: a key that was ever committed stays known, also when it is removed.',
    ...[...names].map((name) => `  browserstack-iac rotate ${name} --reason "found by scan"`),
  ].join('\n');
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
