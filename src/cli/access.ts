import { Problem } from '../errors.ts';
import { flag, type Option, type ValuesOf, value } from './command.ts';

/** How every command that calls the API is told where and as whom. A key is never an argument. */
export const accessOptions = {
  baseUrl: value('--base-url <url>', 'base URL of the API; also BROWSERSTACK_API_URL'),
  organization: value(
    '--organization <name>',
    'the organization that is meant: any other is refused, and a stack that has several is read for this one',
  ),
  username: value('--username <name>', 'user name of an Owner or Admin; also BROWSERSTACK_USERNAME'),
  accessKeyStdin: flag(
    '--access-key-stdin',
    'read the access key from standard input; otherwise it is BROWSERSTACK_ACCESS_KEY',
  ),
  accessKey: {
    flags: '--access-key <key>',
    description: 'refused: arguments are visible to every process of the machine',
    hidden: true,
    parse: () => {
      throw new Problem({
        code: 'invalid_input',
        summary: 'An access key is never an argument',
        detail:
          'Arguments are visible to every process and stay in the shell history. Set BROWSERSTACK_ACCESS_KEY, or give the key on standard input with --access-key-stdin. If this was a real key, rotate it.',
      });
    },
  } satisfies Option<undefined> as Option<undefined>,
};

/** How a command is told which service account is meant. */
export const ACCOUNT_NAME =
  'identifier or user name of a service account (username=… or identifier=… where one name is both, of two)';

export type AccessOptions = ValuesOf<typeof accessOptions>;

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `30m`, `24h` or `7d`, in milliseconds. */
export function duration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/u.exec(text) ?? [];
  const milliseconds = Number(count) * (UNITS[unit] ?? 0);
  if (milliseconds > 0) return milliseconds;
  throw new Problem({
    code: 'invalid_input',
    summary: 'Not a time',
    detail: `Must be a number with s, m, h or d, e.g. 30m or 24h; is "${text}".`,
  });
}

/** A whole number that is not negative. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  throw new Problem({
    code: 'invalid_input',
    summary: 'Not a whole number',
    detail: `Must be 0 or more, is "${text}".`,
  });
}
