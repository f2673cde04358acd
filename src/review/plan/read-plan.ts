// From the text of `terraform show -json PLANFILE` (or `tofu`) to a plan document.

import { asPrinted, engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import { looksLikeKey, type Mask, maskOf } from '../masking.ts';
import { type Configuration, configurationOf } from './configuration.ts';
import {
  isObject,
  type JsonObject,
  memberOf,
  objectOf,
  objectsOf,
  tryDate,
  tryFlag,
  tryText,
} from './json.ts';
import { knownObjectsOf } from './known-objects.ts';
import type { ActionInvocation, OutputChange, PlanDocument } from './plan-document.ts';
import { isReconcilerPlan, readReconcilerPlan } from './reconciler-plan.ts';
import { rowsOf } from './resource-change.ts';
import { secretsOf } from './secrets.ts';

/** The major version of the JSON format; within it members are only ever added. */
const FORMAT = '1';

/** @throws Problem `invalid_input`, with what was given instead of a plan and how to make one. */
export function readPlan(text: string, file: string): PlanDocument {
  const json = parsed(text, file);
  if (isReconcilerPlan(json)) return readReconcilerPlan(json);
  const { format_version: version } = json;
  if (!('planned_values' in json || 'resource_changes' in json || 'output_changes' in json))
    throw noPlan(file, whatItIs(json));
  if (typeof version !== 'string') throw noPlan(file, 'It does not say its format_version.');
  if (version.split('.')[0] !== FORMAT)
    throw noPlan(
      file,
      `Its format_version is ${looksLikeKey(version) ? 'unknown' : JSON.stringify(version.slice(0, 20))}; this tool reads ${FORMAT}.x. A newer browserstack-iac may know it.`,
    );
  return documentOf(json, version);
}

/** From the members of a plan, whatever wrote them. */
export function documentOf(json: JsonObject, formatVersion: string): PlanDocument {
  const mask = maskOf(secretsOf(json));
  const { changes, foreign } = rowsOf(json.resource_changes, mask);
  const configuration = configurationOf(json.configuration, mask);
  return {
    engine: isOpenTofu(json) ? 'opentofu' : 'terraform',
    engineVersion: plain(json.terraform_version),
    formatVersion,
    timestamp: tryDate(json.timestamp),
    errored: json.errored === true,
    complete: tryFlag(json.complete),
    applyable: tryFlag(json.applyable),
    changes,
    foreign,
    drift: rowsOf(json.resource_drift, mask).changes,
    deferred: objectsOf(json.deferred_changes).length,
    prior: knownObjectsOf(objectOf(objectOf(json.prior_state).values).root_module, mask),
    planned: knownObjectsOf(objectOf(json.planned_values).root_module, mask),
    outputs: outputsOf(json.output_changes),
    actions: [
      ...objectsOf(json.action_invocations).map((one) => invocationOf(one, false, mask)),
      ...objectsOf(json.deferred_action_invocations).map((one) =>
        invocationOf(objectOf(one.action_invocation), true, mask),
      ),
    ],
    relevant: objectsOf(json.relevant_attributes).flatMap(({ resource, attribute }) => {
      const name = Array.isArray(attribute) ? tryText(attribute[0]) : undefined;
      return typeof resource === 'string' ? [{ object: mask(resource), attribute: name ?? '' }] : [];
    }),
    configuration,
    urlVariables: urlVariablesOf(json, configuration, mask),
    automateTotal: automateTotalIn(objectOf(objectOf(json.prior_state).values)),
    mask,
  };
}

/** Both write `terraform_version`, each its own; the host of the provider tells them apart. */
function isOpenTofu(json: JsonObject): boolean {
  const names = objectsOf(json.resource_changes).map(({ provider_name: name }) => name);
  const sources = Object.values(objectOf(objectOf(json.configuration).provider_config)).map(
    (provider) => objectOf(provider).full_name,
  );
  return [...names, ...sources].some(
    (name) => typeof name === 'string' && name.startsWith('registry.opentofu.org/'),
  );
}

function outputsOf(json: unknown): readonly OutputChange[] {
  return Object.entries(objectOf(json)).map(([name, output]) => {
    const { actions, after_sensitive: sensitive } = objectOf(output);
    const has = (action: string) => Array.isArray(actions) && actions.includes(action);
    return {
      name,
      changes: !has('no-op'),
      goes: has('delete') && !has('create'),
      sensitive: sensitive === true,
    };
  });
}

function invocationOf(json: JsonObject, deferred: boolean, mask: Mask): ActionInvocation {
  const { username, reason } = objectOf(json.config_values);
  const masked = (value: unknown) => (typeof value === 'string' ? mask(value) : undefined);
  return {
    address: masked(json.address) ?? '',
    type: tryText(json.type) ?? '',
    username: masked(username),
    reason: masked(reason),
    triggeredBy: masked(objectOf(json.lifecycle_action_trigger).triggering_resource_address),
    deferred,
  };
}

/** Variables that a base URL is made of, and only those, and only when they hold a URL. */
function urlVariablesOf(
  json: JsonObject,
  { providers }: Configuration,
  mask: Mask,
): ReadonlyMap<string, string> {
  const names = providers
    .flatMap(({ baseUrl }) => baseUrl?.references ?? [])
    .filter((one) => /^var\.\w/u.test(one));
  const found = names.map((reference) => {
    const name = reference.slice('var.'.length);
    const set = objectOf(memberOf(json.variables, name)).value;
    const standard = objectOf(
      memberOf(objectOf(objectOf(json.configuration).root_module).variables, name),
    ).default;
    const value = tryText(set) ?? tryText(standard) ?? '';
    return [reference, mask(value)] as const;
  });
  return new Map(found.filter(([, value]) => URL.canParse(value)));
}

/** In the root module, where the data source of the ledger stands if anywhere. */
function automateTotalIn({ root_module: root }: JsonObject): number | undefined {
  const ledger = objectsOf(objectOf(root).resources).find(({ type }) => type === 'browserstack_parallels');
  const { automate_total: total } = objectOf(ledger?.values);
  return typeof total === 'number' ? total : undefined;
}

/** A version, which is shown as it is: nothing but digits, letters and dots. */
function plain(json: unknown): string | undefined {
  return typeof json === 'string' && /^\d+\.\d+[\w.+-]{0,30}$/u.test(json) && !looksLikeKey(json)
    ? json
    : undefined;
}

function parsed(text: string, file: string): JsonObject {
  if (text.trim() === '') throw noPlan(file, 'It is empty.');
  if (text.startsWith('PK')) throw noPlan(file, 'It is the plan file itself, which is no JSON.');
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch {
    // What the parser says repeats a part of the text, and the text may hold keys.
    if (text.startsWith('[command]')) throw noPlan(file, WRAPPER);
    throw noPlan(file, isStream(text) ? STREAM : 'It is not JSON, or not all of it is there.');
  }
  if (!isObject(json)) throw noPlan(file, 'It is not a JSON object.');
  if ('@level' in json) throw noPlan(file, STREAM);
  return json;
}

const STREAM = `It is what ${asPrinted('plan -json')} while it plans: give that as --diagnostics, beside the plan.`;

const WRAPPER =
  'Its first line is of the wrapper that the setup-terraform and setup-opentofu actions put around the program: switch it off there (terraform_wrapper: false, tofu_wrapper: false).';

function isStream(text: string): boolean {
  return text.slice(0, 4000).includes('"@level"');
}

function whatItIs(json: JsonObject): string {
  if ('serial' in json || 'values' in json || json.version === 4) return 'It is a state, not a plan.';
  if ('provider_schemas' in json) return 'It is the schema of providers.';
  if ('resource' in json || 'terraform' in json)
    return 'It is a configuration; compare two of them with --static.';
  if ('format_version' in json)
    return 'There is no plan in it ("show -json" without a plan file prints this).';
  return 'It is JSON of something else.';
}

function noPlan(file: string, why: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${file} is no plan that can be reviewed`,
    detail: `${why} Make one with: ${engineCommand('plan -out=tfplan && terraform show -json tfplan > plan.json')}`,
  });
}
