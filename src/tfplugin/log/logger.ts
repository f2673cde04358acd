import type { Clock } from '../../clock.ts';
import type { Scrub } from '../codec/diagnostics.ts';

// Everything this process says on stderr goes through here, as hclog JSON: go-plugin parses each line with unchecked
// casts, and a line whose `@message` is not a string crashes Terraform itself.

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'off'] as const;
export type Level = (typeof levels)[number];

export interface Logger {
  log(
    level: Exclude<Level, 'off'>,
    message: string,
    fields?: Readonly<Record<string, string | number>>,
  ): void;
}

export interface LoggerOptions {
  readonly level: Level;
  /** E.g. `provider.browserstack`. */
  readonly module: string;
  readonly clock: Clock;
  readonly scrub: Scrub;
  /** Takes whole lines. */
  readonly write: (line: string) => void;
}

/** go-plugin reads stderr through a 64 KB buffer; longer lines arrive in pieces that are no JSON any more. */
const LONGEST = 16_000;

export function createLogger({ level, module, clock, scrub, write }: LoggerOptions): Logger {
  const threshold = levels.indexOf(level);
  return {
    log(lineLevel, message, fields = {}) {
      if (levels.indexOf(lineLevel) < threshold) return;
      const entry: Record<string, string | number> = {
        '@level': lineLevel,
        '@message': shortened(scrub(message)),
        '@module': module,
        '@timestamp': timestamp(clock.now()),
      };
      for (const [name, value] of Object.entries(fields))
        if (!name.startsWith('@')) entry[name] = typeof value === 'string' ? shortened(scrub(value)) : value;
      write(`${JSON.stringify(entry)}\n`);
    },
  };
}

/** What the user asked for: `TF_LOG_PROVIDER` goes before `TF_LOG`; `JSON` means everything; silence otherwise. */
export function levelFrom(env: Readonly<Record<string, string | undefined>>): Level {
  const wanted = (env.TF_LOG_PROVIDER || env.TF_LOG || 'off').toLowerCase();
  if (wanted === 'json') return 'trace';
  return levels.find((level) => level === wanted) ?? (wanted === '' ? 'off' : 'trace');
}

/** Raw lines for stderr: none of them may be mistaken for JSON. */
export function rawLines(text: string): string {
  return `${text
    .split(/\r?\n|\r/)
    .map((line) => (/^\s*[{[]/.test(line) ? `| ${line}` : line))
    .map(shortened)
    .join('\n')}\n`;
}

/** Exactly six fractional digits, or go-plugin leaves the line as raw text. */
function timestamp(time: Date): string {
  return time.toISOString().replace('Z', '000Z');
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}
