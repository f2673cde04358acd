import { join } from 'node:path';
import type { Dispatcher } from 'undici';
import { Problem, throwProblems } from '../../errors.ts';
import { HttpClient } from '../../http/client.ts';
import { budgetFile, SharedBucketStore } from '../../http/shared-bucket.ts';
import { type BucketStore, TokenBucket } from '../../http/token-bucket.ts';
import type { ConfigureContext } from '../../lifecycle/provider-definition.ts';
import { httpUrl } from '../../schema/validators.ts';
import { isUnknown } from '../../schema/value.ts';
import { Secret } from '../../secret.ts';
import { type AccountChanges, Session } from '../session.ts';
import type { Configuration } from './schema.ts';

/** What comes from outside the configuration; entry passes it in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dispatcher: () => Promise<Dispatcher>;
  readonly random: () => number;
  readonly version: string;
  /** Where this user's programs keep state between runs (XDG); absent: nothing is kept. */
  readonly stateDirectory?: string;
}

const DEFAULT_BASE_URL = 'https://api.browserstack.com';
const DEFAULT_TIMEOUT_SECONDS = 30;
const DEFAULT_MAX_RETRIES = 5;
/** [documented] 5 requests at once, then 15 a minute, for the whole organization. */
const ACCOUNT_MANAGEMENT = { burst: 5, perMinute: 15 };
/** [documented] 1,600 requests in 5 minutes per user. */
const AUTOMATE = { burst: 1600, perMinute: 320 };

/** The provider block and the environment, as a session. Reports everything that is missing or wrong at once. */
export function configure(
  surroundings: Surroundings,
): (configuration: Configuration, context: Pick<ConfigureContext, 'clock' | 'log'>) => Promise<Session> {
  return async (configuration, { clock, log }) => {
    const setting = readSettings(configuration, surroundings.env);
    const username = setting.text('username', 'BROWSERSTACK_USERNAME');
    const accessKey = setting.text('access_key', 'BROWSERSTACK_ACCESS_KEY');
    const problems: Problem[] = [];
    if (!username) problems.push(missing('username', 'BROWSERSTACK_USERNAME'));
    if (!accessKey) problems.push(missing('access_key', 'BROWSERSTACK_ACCESS_KEY'));
    const budget = {
      burst: setting.count('request_burst', 'BROWSERSTACK_REQUEST_BURST') ?? ACCOUNT_MANAGEMENT.burst,
      perMinute:
        setting.count('requests_per_minute', 'BROWSERSTACK_REQUESTS_PER_MINUTE') ??
        ACCOUNT_MANAGEMENT.perMinute,
    };
    const timeout = setting.count('request_timeout', 'BROWSERSTACK_REQUEST_TIMEOUT');
    const maxRetries = setting.count('max_retries', 'BROWSERSTACK_MAX_RETRIES');
    const accountChanges = setting.text('account_changes', 'BROWSERSTACK_ACCOUNT_CHANGES') ?? 'replace';
    if (accountChanges !== 'replace' && accountChanges !== 'in_place') problems.push(unknownChanges());
    const patience = setting.count('operation_timeout', 'BROWSERSTACK_OPERATION_TIMEOUT');
    const baseUrl = setting.text('base_url', 'BROWSERSTACK_API_URL') || DEFAULT_BASE_URL;
    if (httpUrl(baseUrl, ['base_url']) !== undefined) problems.push(notAUrl());
    throwProblems([...problems, ...setting.problems]);
    const organization = setting.text('organization') || undefined;
    const store = sharedBudget(
      setting.text('request_budget_directory', 'BROWSERSTACK_REQUEST_BUDGET_DIRECTORY') ??
        (surroundings.stateDirectory && join(surroundings.stateDirectory, 'request-budget')),
      baseUrl,
      organization ?? username ?? '',
      (message) => log('warn', message),
    );
    const client = new HttpClient({
      baseUrl,
      credentials: { username: username ?? '', accessKey: new Secret(accessKey ?? '') },
      dispatcher: surroundings.dispatcher,
      budgets: {
        'account-management': new TokenBucket(budget, clock, store),
        automate: new TokenBucket(AUTOMATE, clock),
      },
      clock,
      random: surroundings.random,
      timeout: (timeout ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
      maxRetries: maxRetries ?? DEFAULT_MAX_RETRIES,
      patience: patience === undefined ? undefined : patience * 1000,
      userAgent: `browserstack-iac/${surroundings.version}`,
    });
    const settings = {
      organization,
      // The schema allows these two only; the environment is checked above.
      accountChanges: accountChanges as AccountChanges,
      budget,
      maxRotationsPerApply: setting.count('max_rotations_per_apply'),
    };
    return new Session(client, clock, settings, (message) => log('info', message));
  };
}

/** The budget that all processes on this machine share; `undefined` where each is to keep its own. */
function sharedBudget(
  directory: string | undefined,
  baseUrl: string,
  owner: string,
  onTrouble: (message: string) => void,
): BucketStore | undefined {
  if (!directory || directory === 'off') return undefined;
  return new SharedBucketStore(budgetFile(directory, baseUrl, owner), onTrouble);
}

type Name<V> = {
  [K in keyof Configuration]: V extends Exclude<Configuration[K], null | object> ? K : never;
}[keyof Configuration];

/** The block wins over the environment; an empty variable counts as absent. */
function readSettings(configuration: Configuration, env: Surroundings['env']) {
  const problems: Problem[] = [];
  const configured = <V>(name: keyof Configuration): V | undefined => {
    const value = configuration[name];
    // Configure is called with known values only; the schema says which type each has.
    return value === null || isUnknown(value) ? undefined : (value as V);
  };
  return {
    problems,
    text: (name: Name<string>, variable?: string): string | undefined =>
      configured<string>(name) ?? (variable && env[variable] ? env[variable] : undefined),
    count: (name: Name<number>, variable?: string): number | undefined => {
      const given = configured<number>(name);
      const text = variable === undefined ? undefined : env[variable];
      if (given !== undefined || !variable || !text) return given;
      if (/^\d{1,6}$/u.test(text)) return Number(text);
      problems.push(
        new Problem({
          code: 'invalid_input',
          summary: `${variable} is not a whole number`,
          detail: `The environment variable stands in for ${name}.`,
          path: [name],
        }),
      );
      return undefined;
    },
  };
}

/** The schema checks what is configured, so it came from the environment. */
function notAUrl(): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'BROWSERSTACK_API_URL is not a URL',
    detail: 'Must be an http:// or https:// URL. The environment variable stands in for base_url.',
    path: ['base_url'],
  });
}

function unknownChanges(): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'BROWSERSTACK_ACCOUNT_CHANGES is neither "replace" nor "in_place"',
    detail: 'The environment variable stands in for account_changes.',
    path: ['account_changes'],
  });
}

function missing(name: string, variable: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `BrowserStack ${name} is missing`,
    detail: `Set ${name} in the provider block or ${variable} in the environment. Without a BrowserStack account, start a local one with "npx browserstack-iac emulate" and follow what it prints.`,
    path: [name],
  });
}
