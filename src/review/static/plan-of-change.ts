// The difference of two configurations as a plan that no engine made: everything else in the review reads it as one.

import type { JsonObject } from '../plan/json.ts';
import type { PlanDocument } from '../plan/plan-document.ts';
import { documentOf } from '../plan/read-plan.ts';
import { argumentsOf, type Block, labelledOnce, labelledTwice, provisionersOf } from './blocks.ts';
import { rowsBetween } from './rows.ts';
import type { Side } from './side.ts';
import { isKnown, referencesIn, unescaped } from './templates.ts';

export function planOfChange(base: Side, head: Side): PlanDocument {
  const json: JsonObject = {
    planned_values: { root_module: { resources: objects(head) } },
    prior_state: { values: { root_module: { resources: objects(base) } } },
    resource_changes: rowsBetween(base, head),
    configuration: configuration(base, head),
  };
  return { ...documentOf(json, 'static'), engine: 'static', complete: true, applyable: true };
}

function objects(side: Side): readonly JsonObject[] {
  return [...side.resources].map(([address, block]) => {
    const { type, name } = block;
    return { address, mode: 'managed', type, name, values: side.valuesOf(block).values };
  });
}

/** As `terraform show -json` writes one. What goes stays in it: a key that is deleted still has its account. */
function configuration(base: Side, head: Side): JsonObject {
  const gone = [...base.resources]
    .filter(([address]) => !head.resources.has(address))
    .map(([, block]) => block);
  const managed = [...head.resources.values(), ...gone].map((block) => resource('managed', block));
  const opened = labelledTwice(head.files, 'ephemeral').map((block) => resource('ephemeral', block));
  const providers = labelledOnce(head.files, 'provider').map(({ name, body }, index) => {
    const alias = typeof body.alias === 'string' ? `.${body.alias}` : index > 0 ? `.${index}` : '';
    return [`${name}${alias}`, { name, full_name: `/${name}`, expressions: expressions(body) }];
  });
  const outputs = labelledOnce(head.files, 'output').map(({ name, body }) => [
    name,
    { sensitive: body.sensitive === true, expression: expression(body.value) },
  ]);
  const variables = labelledOnce(head.files, 'variable').map(({ name, body }) => [
    name,
    { default: unescaped(body.default), sensitive: body.sensitive === true },
  ]);
  return {
    provider_config: Object.fromEntries(providers),
    root_module: {
      resources: [...managed, ...opened],
      outputs: Object.fromEntries(outputs),
      variables: Object.fromEntries(variables),
    },
  };
}

function resource(mode: string, { type, name, body }: Block): JsonObject {
  return {
    address: `${type}.${name}`,
    mode,
    type,
    name,
    expressions: expressions(body),
    provisioners: provisionersOf(body).map((one) => ({ type: one.type, expressions: expressions(one.body) })),
    ...(body.for_each === undefined ? {} : { for_each_expression: expression(body.for_each) }),
    ...(body.count === undefined ? {} : { count_expression: expression(body.count) }),
  };
}

function expressions(body: JsonObject): JsonObject {
  return Object.fromEntries(argumentsOf(body).map(([name, value]) => [name, expression(value)]));
}

function expression(value: unknown): JsonObject {
  return isKnown(value) ? { constant_value: unescaped(value) } : { references: referencesIn(value) };
}
