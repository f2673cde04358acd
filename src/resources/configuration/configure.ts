import { join } from 'node:path';
import { Problem, throwProblems } from '../../errors.ts';
import { HttpClient } from '../../http/client.ts';
import { ACCOUNT_MANAGEMENT, AUTOMATE } from '../../http/limits.ts';
import { budgetFile, SharedBucketStore, serviceOf } from '../../http/shared-bucket.ts';
import { TokenBucket } from '../../http/token-bucket.ts';
import type { Network } from '../../http/transport-failure.ts';
import type { ConfigureContext } from '../../lifecycle/provider-definition.ts';
import type { AnyAttribute, Validator } from '../../schema/attribute.ts';
import { isUnknown } from '../../schema/value.ts';
import { Secret } from '../../secret.ts';
import { OpenWrites, type Processes } from '../open-writes.ts';
import { type AccountChanges, Session } from '../session.ts';
import { type Configuration, configurationSchema } from './schema.ts';

/** What comes from outside the configuration; entry passes it in. */
export interface Surroundings extends Network {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly random: () => number;
  readonly version: string;
  /** Where this user's programs keep state between runs (XDG); absent: nothing is kept. */
  readonly stateDirectory?: string;
  /** Which processes there are; absent: nobody asks. */
  readonly processes?: Processes;
  /** Who runs this process, where the system numbers its users: only files of this user are trusted. */
  readonly userId?: number;
}

const DEFAULT_BASE_URL = 'https://api.browserstack.com';
const DEFAULT_TIMEOUT_SECONDS = 30;
const DEFAULT_MAX_RETRIES = 5;

type Context = Pick<ConfigureContext, 'clock' | 'log'> & { readonly signal?: AbortSignal };

/** The provider block and the environment, as a session. Reports everything that is missing or wrong at once. */
export function configure(
  surroundings: Surroundings,
): (configuration: Configuration, context: Context) => Promise<Session> {
  return async (configuration, { clock, log, signal }) => {
    const setting = readSettings(configuration, surroundings.env);
    // Copied and piped values bring blanks and line ends along; neither can be part of them.
    const username = setting.text('username', 'BROWSERSTACK_USERNAME')?.trim();
    const accessKey = setting.text('access_key', 'BROWSERSTACK_ACCESS_KEY')?.trim();
    const problems: Problem[] = [];
    const refused = (name: string) => setting.problems.some(({ path }) => path?.[0] === name);
    if (!username && !refused('username')) problems.push(missing('username', 'BROWSERSTACK_USERNAME'));
    if (!accessKey && !refused('access_key')) problems.push(missing('access_key', 'BROWSERSTACK_ACCESS_KEY'));
    const perMinute = setting.count('requests_per_minute', 'BROWSERSTACK_REQUESTS_PER_MINUTE');
    const budget = {
      burst: setting.count('request_burst', 'BROWSERSTACK_REQUEST_BURST') ?? ACCOUNT_MANAGEMENT.burst,
      perMinute: perMinute ?? ACCOUNT_MANAGEMENT.perMinute,
    };
    const timeout = setting.count('request_timeout', 'BROWSERSTACK_REQUEST_TIMEOUT');
    const maxRetries = setting.count('max_retries', 'BROWSERSTACK_MAX_RETRIES');
    const accountChanges = setting.text('account_changes', 'BROWSERSTACK_ACCOUNT_CHANGES') ?? 'replace';
    const patience = setting.count('operation_timeout', 'BROWSERSTACK_OPERATION_TIMEOUT');
    const baseUrl = setting.text('base_url', 'BROWSERSTACK_API_URL') || DEFAULT_BASE_URL;
    throwProblems([...problems, ...setting.problems]);
    const organization = setting.text('organization') || undefined;
    const given =
      setting.text('request_budget_directory', 'BROWSERSTACK_REQUEST_BUDGET_DIRECTORY') ??
      (surroundings.stateDirectory && join(surroundings.stateDirectory, 'request-budget'));
    const directory = !given || given === 'off' ? undefined : given;
    const owner = organization ?? username ?? '';
    const { userId, processes } = surroundings;
    const onTrouble = (message: string) => log('warn', message);
    const store =
      directory && new SharedBucketStore(budgetFile(directory, baseUrl, owner), userId, onTrouble);
    const openWrites = new OpenWrites({
      directory,
      scope: serviceOf(baseUrl),
      clock,
      userId,
      processes,
      onTrouble,
    });
    const client = new HttpClient({
      baseUrl,
      credentials: { username: username ?? '', accessKey: new Secret(accessKey ?? '') },
      network: surroundings,
      budgets: {
        'account-management': new TokenBucket(budget, clock, store || undefined),
        automate: new TokenBucket(AUTOMATE, clock),
      },
      followsPolicy: perMinute === undefined,
      clock,
      random: surroundings.random,
      timeout: (timeout ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
      maxRetries: maxRetries ?? DEFAULT_MAX_RETRIES,
      patience: patience === undefined ? undefined : patience * 1000,
      userAgent: `browserstack-iac/${surroundings.version}`,
      signal,
    });
    const settings = {
      organization,
      // The schema allows these two only, whichever way it came.
      accountChanges: accountChanges as AccountChanges,
      budget,
      maxRotationsPerApply: setting.count('max_rotations_per_apply'),
      maxMissing: setting.count('max_missing', 'BROWSERSTACK_MAX_MISSING'),
    };
    return new Session({
      client,
      clock,
      settings,
      openWrites,
      log: (message) => log('info', message),
      signal,
    });
  };
}

type Name<V> = {
  [K in keyof Configuration]: V extends Exclude<Configuration[K], null | object> ? K : never;
}[keyof Configuration];

/**
 * The block wins over the environment; an empty variable counts as absent. What comes from the environment or a command
 * line has not been validated yet, so the rules of the schema are asked here.
 */
function readSettings(configuration: Configuration, env: Surroundings['env']) {
  const problems: Problem[] = [];
  const configured = <V>(name: keyof Configuration): V | undefined => {
    const value = configuration[name];
    // Configure is called with known values only; the schema says which type each has.
    return value === null || isUnknown(value) ? undefined : (value as V);
  };
  const allowed = <V>(name: keyof Configuration, value: V, variable?: string): V | undefined => {
    const wrong = problemOf(name, value);
    if (wrong === undefined) return value;
    problems.push(variable === undefined ? wrong : inEnvironment(wrong, name, variable));
    return undefined;
  };
  return {
    problems,
    text: (name: Name<string>, variable?: string): string | undefined => {
      const given = configured<string>(name);
      if (given !== undefined) return allowed(name, given);
      const text = variable && env[variable];
      return text ? allowed(name, text, variable) : undefined;
    },
    count: (name: Name<number>, variable?: string): number | undefined => {
      const given = configured<number>(name);
      if (given !== undefined) return allowed(name, given);
      const text = variable && env[variable];
      if (!text) return undefined;
      if (/^\d{1,15}$/u.test(text)) return allowed(name, Number(text), variable);
      const wrong = new Problem({ code: 'invalid_input', summary: 'Not a whole number' });
      problems.push(inEnvironment(wrong, name, variable));
      return undefined;
    },
  };
}

/** What the schema's own rules say of a value, the first of them. */
function problemOf(name: keyof Configuration, value: unknown): Problem | undefined {
  const { options }: Pick<AnyAttribute, 'options'> = configurationSchema.attributes[name];
  const rules: readonly Validator<never>[] = options.validate ?? [];
  for (const rule of rules) {
    // The value is of the attribute's type: that is how it was read.
    const problem = rule(value as never, [name]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function inEnvironment(
  { code, summary, detail, cause }: Problem,
  name: keyof Configuration,
  variable: string,
): Problem {
  return new Problem({
    code,
    summary: `${variable}: ${summary}`,
    detail: `${detail} The environment variable stands in for ${name}.`.trim(),
    path: [name],
    cause,
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
