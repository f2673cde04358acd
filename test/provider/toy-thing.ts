import { isUnknown, type Value } from '../../src/schema/value.ts';
import type { PlannedThing, ThingState } from './toy-schema.ts';

/** What the toy's cloud makes of a plan: everything planned, and an answer to everything unknown. */
export function madeThing(
  planned: Partial<PlannedThing>,
  prior: ThingState | undefined,
  id: string,
  prefix: string,
): ThingState {
  const p = planned as Readonly<Record<string, Value | undefined>>;
  const known = (value: Value | undefined, otherwise: Value): Value =>
    value === undefined || isUnknown(value) ? otherwise : value;
  const inner = (
    one: Value | undefined,
    fill: (object: Readonly<Record<string, Value>>) => object,
  ): Value => {
    const object = one as Readonly<Record<string, Value>>;
    return { ...object, ...fill(object) } as Value;
  };
  const list = (name: string): readonly Value[] => (p[name] ?? []) as readonly Value[];
  // Built by hand for a test: the checks of the provider judge it.
  return {
    id,
    name: known(p.name, ''),
    size: known(p.size, 1),
    note: known(p.note, null),
    color: known(p.color, null),
    tags: known(p.tags, null),
    words: known(p.words, null),
    secret: known(p.secret, null),
    password: null,
    region: known(p.region, `${prefix}north`),
    revision: known(p.revision, (prior?.revision ?? 0) + 1),
    born: known(p.born, null),
    settings: p.settings
      ? inner(p.settings, ({ mode, seen }) => ({ seen: known(seen, `saw ${mode}`) }))
      : null,
    rules: p.rules
      ? list('rules').map((rule) =>
          inner(rule, ({ port, handle }) => ({ handle: known(handle, `h${port}`) })),
        )
      : null,
    labels: p.labels
      ? list('labels').map((label) => inner(label, ({ key, token }) => ({ token: known(token, `t-${key}`) })))
      : null,
    limits: p.limits
      ? new Map(
          [...(p.limits as ReadonlyMap<string, Value>)].map(([key, limit]) => [
            key,
            inner(limit, ({ unit }) => ({ unit: known(unit, 'piece') })),
          ]),
        )
      : null,
    step: list('step').map((step, index) =>
      inner(step, ({ ordinal }) => ({ ordinal: known(ordinal, index + 1) })),
    ),
    probe: known(p.probe, null),
  } as unknown as ThingState;
}
