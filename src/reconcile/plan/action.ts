// The printable form of a change.

import type { AttributePath } from '../../errors.ts';
import type { ObjectValue } from '../../schema/value.ts';
import type { ConfiguredObject } from '../input/configured.ts';
import { textOf } from '../observed.ts';
import { displayName, identityOf, type ResourceType } from '../resource-types.ts';
import type { PlanContext } from './context.ts';
import { differencesOf, showable } from './differences.ts';
import { linksToNothing } from './limits/refusals.ts';
import type { ActionKind, PlannedAction } from './plan.ts';

export interface ActionFacts<Session> {
  readonly kind: ActionKind;
  readonly object: ConfiguredObject;
  readonly adopts: boolean;
  readonly owned: boolean;
  readonly prior: ObjectValue | undefined;
  readonly planned: ObjectValue;
  readonly replaces: readonly AttributePath[];
  readonly warnings: readonly string[];
  readonly context: PlanContext<Session>;
}

/** @throws Problem `not_found` for a link that leads nowhere. */
export function actionOf<Session>(
  resource: ResourceType<Session>,
  facts: ActionFacts<Session>,
): PlannedAction {
  const { kind, object, adopts, owned, prior, planned, replaces, context } = facts;
  const { schema } = resource;
  const ends = kind === 'replace' && prior !== undefined;
  return {
    kind,
    type: resource.type,
    key: keyText(resource, planned),
    name: displayName(resource, planned),
    address: object.address,
    owned,
    adopts,
    identity: prior === undefined ? {} : identityOf(resource, prior),
    links: linksOf(resource, planned),
    body: object.body,
    prior: prior === undefined ? null : showable(schema, prior),
    planned: showable(schema, planned),
    differences: prior === undefined ? [] : differencesOf(schema, prior, planned, replaces),
    losses: ends ? (resource.losses?.(prior) ?? []) : [],
    rotation: kind === 'update' && prior !== undefined ? (resource.rotation?.(prior, planned) ?? null) : null,
    dependsOn: [...new Set([...object.dependsOn, ...linkedAddresses(resource, planned, context)])].sort(),
    warnings: facts.warnings,
  };
}

export function keyText<Session>({ naturalKey }: ResourceType<Session>, object: ObjectValue): string {
  const key: unknown = naturalKey?.(object);
  return typeof key === 'string' ? key : '';
}

/** The names in the attributes that name other objects. */
export function linksOf<Session>(
  { links = {} }: ResourceType<Session>,
  object: ObjectValue,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(links).flatMap((attribute) => {
      const name = object[attribute];
      return typeof name === 'string' ? [[attribute, name] as const] : [];
    }),
  );
}

/** The declared objects that this one names; one that is nowhere is a problem now, not at apply. */
function linkedAddresses<Session>(
  { links = {} }: ResourceType<Session>,
  planned: ObjectValue,
  { known, observed, types }: PlanContext<Session>,
): readonly string[] {
  return Object.entries(links).flatMap(([attribute, link]) => {
    const name = textOf(planned[attribute]);
    if (name === undefined) return [];
    const address = known.tryAddressOf(link.type, link.attribute, name);
    if (address !== undefined) return [address];
    const isListed = observed.types.has(link.type);
    if (isListed && observed.with(link.type, link.attribute, name).length === 0)
      throw linksToNothing(attribute, types.label(link.type), name);
    return [];
  });
}
