import pc from 'picocolors';

/** Where the story is told: standard output for people, standard error when standard output belongs to a machine. */
export interface Screen {
  line(text?: string): void;
  title(number: number, text: string): void;
  command(text: string): void;
  /** The lines of an engine's output that tell the story; all of them when `whole`. */
  engine(output: string): void;
  good(text: string): void;
  bad(text: string): void;
  key(key: string): string;
}

/** `# browserstack_team.NAME (PATH/Resource) will be created`, as cdktf and Terraform write it. */
const ACTION = /^# browserstack_(\w+)\.(\S+) (?:\((.*?)(?:\/Resource)?\) )?(?:will|must) be (.*)$/u;
const SYMBOLS = [
  [/^created/u, '+'],
  [/^updated/u, '~'],
  [/^destroyed/u, '-'],
  [/^replaced/u, '-/+'],
] as const;

/** Attributes whose change tells the story. */
const CHANGE = /^[~+] (generation|key_fingerprint|rotation_status|rotation_reason) += (.*)$/u;
const SUMMARY =
  /^(No changes\.|Plan: |Apply complete!|Destroy complete!|Error: |The key of|\d+ (to|created|changed)|.* has been (created|rotated|adopted))/u;

/** The lines of an engine's output that a newcomer needs: what happens to what, why not, how many. */
export function* telling(output: string): Iterable<string> {
  let updating = false;
  for (const raw of output.split('\n')) {
    // cdktf puts the name of the stack in front; Terraform frames its errors.
    const line = raw
      .replace(/^quickstart\s\s/u, '')
      .replace(/^[│╷╵]\s?/u, '')
      .trim();
    const [, noun, name, path = name, verb = ''] = ACTION.exec(line) ?? [];
    if (noun !== undefined) {
      updating = verb.startsWith('updated');
      const symbol = SYMBOLS.find(([pattern]) => pattern.test(verb))?.[1] ?? '·';
      yield `${symbol} ${noun.replaceAll('_', ' ')} ${path}`;
    } else if (updating && CHANGE.test(line)) yield `    ${line.replace(/ +/gu, ' ')}`;
    else if (SUMMARY.test(line)) yield line;
  }
}

export function openScreen(write: (text: string) => void, whole: boolean, showKeys: boolean): Screen {
  const line = (text = '') => write(`${text}\n`);
  return {
    line,
    title: (number, text) => line(`\n${pc.bold(`${number}. ${text}`)}`),
    command: (text) => line(pc.cyan(`   $ ${text}`)),
    engine: (output) => {
      for (const text of new Set(whole ? output.split('\n') : telling(output))) line(pc.dim(`     ${text}`));
    },
    good: (text) => line(`   ${pc.green('✓')} ${text}`),
    bad: (text) => line(`   ${pc.red('✗')} ${text}`),
    key: (key) => (showKeys ? key : `${key.slice(0, 4)}${'•'.repeat(Math.max(0, key.length - 4))}`),
  };
}
