import { Problems, problemsOf, throwProblems } from '../errors.ts';
import type { Warning } from '../lifecycle/operation.ts';
import type { JsonObject } from '../reconcile/canonical.ts';
import { evaluate, isLiteral } from '../reconcile/input/evaluate.ts';
import { asLiteral } from '../reconcile/input/scope.ts';
import { decodeText } from '../reconcile/input/text.ts';
import type { Configuration } from '../resources/configuration/schema.ts';
import { configurationSchema } from '../resources/configuration/schema.ts';
import { validate } from '../schema/validate.ts';
import { type Organization, openOrganization } from '../workspace/organization.ts';
import type { AccessOptions } from './access.ts';
import type { Machine } from './machine.ts';
import { quoted } from './render/palette.ts';

const PROVIDER = 'provider.browserstack';

/**
 * The organization a command works on: options win over the provider block, which wins over the environment.
 * @throws Problem(s): everything that is missing or cannot be evaluated.
 */
export async function connect(
  machine: Machine,
  options: AccessOptions,
  providerBlock: JsonObject = {},
): Promise<Organization> {
  const configuration = await configurationOf(machine, options, providerBlock);
  const { clock, signal, surroundings } = machine;
  return openOrganization(configuration, surroundings, {
    clock,
    signal,
    warn: (warning) => tell(machine, warning),
    progress: (message) => machine.stderr(`${message}\n`),
  }).catch((thrown) => {
    throw new Problems(problemsOf(thrown).map((problem) => problem.at([PROVIDER])));
  });
}

async function configurationOf(
  machine: Machine,
  { baseUrl, organization, username, accessKeyStdin }: AccessOptions,
  block: JsonObject,
): Promise<Configuration> {
  const { env } = machine.surroundings;
  const given = {
    ...(baseUrl === undefined ? {} : { base_url: asLiteral(baseUrl) }),
    ...(organization === undefined ? {} : { organization: asLiteral(organization) }),
    ...(username === undefined ? {} : { username: asLiteral(username) }),
    ...(accessKeyStdin
      ? { access_key: asLiteral(decodeText(await machine.stdin(), 'standard input').trim()) }
      : {}),
  };
  const usable = Object.entries(block).filter(([name, json]) => isLiteral(json) || !standsIn(name, env));
  const body = { ...Object.fromEntries(usable), ...given };
  const { config, problems } = evaluate(body, configurationSchema, () => undefined);
  const broken = problems.length > 0 ? problems : validate(configurationSchema, config);
  throwProblems(broken.map((problem) => problem.at([PROVIDER])));
  // Evaluated and checked by the very schema that the type is inferred from.
  return config as Configuration;
}

/**
 * Whether the environment is asked for an argument that cannot be evaluated here, such as a variable. Credentials are
 * simply missing then; without a base URL the wrong service would be called.
 */
function standsIn(name: string, env: Machine['surroundings']['env']): boolean {
  if (name === 'base_url') return Boolean(env.BROWSERSTACK_API_URL);
  return name === 'username' || name === 'access_key';
}

function tell({ stderr }: Machine, { summary, detail }: Warning): void {
  stderr(`Warning: ${quoted(`${summary}. ${detail}`).slice(1, -1)}\n`);
}
