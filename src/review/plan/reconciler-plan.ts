// The plan of this product's own reconciler, as `plan --json` prints it and `plan --out` keeps it.

import { Problem } from '../../errors.ts';
import { maskOf, NO_SECRETS } from '../masking.ts';
import { configurationOf } from './configuration.ts';
import { isObject, type JsonObject, listOf, objectOf, objectsOf, tryText } from './json.ts';
import type { PlanDocument } from './plan-document.ts';
import { rowsOf } from './resource-change.ts';

const FORMAT = 'browserstack-iac/plan';
const VERSION = 2;

/** How the reconciler writes what only the apply decides. */
const UNKNOWN = '(known after apply)';

/** Its kinds, as an engine would write them. Unmanaged objects are no change. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  create: ['create'],
  update: ['update'],
  replace: ['delete', 'create'],
  delete: ['delete'],
  adopt: ['no-op'],
  forget: ['forget'],
  'no-op': ['no-op'],
  unmanaged: ['no-op'],
};

export function isReconcilerPlan(json: JsonObject): boolean {
  if (json.format === FORMAT) return true;
  return 'actions' in json && 'fingerprint' in json && !('format_version' in json);
}

/** @throws Problem `invalid_input` for a version that this tool does not know. */
export function readReconcilerPlan(json: JsonObject): PlanDocument {
  const plan = json.format === FORMAT ? objectOf(json.plan) : json;
  if (plan.version !== VERSION)
    throw new Problem({
      code: 'invalid_input',
      summary: 'The plan has a version that this tool does not know',
      detail: `It reads version ${VERSION} of its own plans. Make the plan and the review with the same browserstack-iac.`,
    });
  const mask = maskOf(NO_SECRETS);
  const rows = objectsOf(plan.actions).filter(({ kind }) => kind !== 'unmanaged');
  const { changes, foreign } = rowsOf(rows.map(rowOf), mask);
  return {
    engine: 'reconciler',
    engineVersion: undefined,
    formatVersion: String(VERSION),
    timestamp: undefined,
    errored: false,
    complete: listOf(plan.skipped).length === 0,
    applyable: rows.some(({ kind }) => kind !== 'no-op'),
    ...costIn(plan.cost),
    changes,
    foreign,
    drift: [],
    deferred: 0,
    prior: [],
    planned: [],
    outputs: [],
    actions: [],
    relevant: [],
    configuration: configurationOf({}, mask),
    urlVariables: new Map(),
    automateTotal: undefined,
    mask,
  };
}

function costIn(json: unknown): Pick<PlanDocument, 'cost'> {
  const { writes, lists, seconds } = objectOf(json);
  const known = typeof writes === 'number' && typeof lists === 'number' && typeof seconds === 'number';
  return known ? { cost: { writes, lists, seconds } } : {};
}

/** An action, in the form in which engines write a row. */
function rowOf(action: JsonObject): JsonObject {
  const { kind, type, address, name, prior, planned } = action;
  const differences = objectsOf(action.differences);
  const after = Object.entries(objectOf(planned));
  const at = tryText(address) ?? `${String(type)} "${String(name)}"`;
  return {
    address: at,
    type,
    name: at.split('.').at(-1),
    change: {
      actions: ACTIONS[String(kind)] ?? [],
      ...(kind === 'adopt' ? { importing: {} } : {}),
      before: prior,
      after: isObject(planned) ? Object.fromEntries(after.filter(([, value]) => value !== UNKNOWN)) : null,
      after_unknown: Object.fromEntries(
        after.filter(([, value]) => value === UNKNOWN).map(([key]) => [key, true]),
      ),
      replace_paths: differences
        .filter(({ replaces }) => replaces === true)
        .map(({ attribute }) => [attribute]),
    },
  };
}
