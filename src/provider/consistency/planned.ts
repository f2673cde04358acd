import type { AttributePath } from '../../errors.ts';
import type { AnyAttribute } from '../../schema/attribute.ts';
import { equal } from '../../schema/equal.ts';
import { type Block, impliedType } from '../../schema/schema.ts';
import type { BlockSchema } from '../../schema/transform.ts';
import { isWriteOnly } from '../../schema/validate.ts';
import { isObjectValue, isUnknown, type Value } from '../../schema/value.ts';
import type { Violation } from './violation.ts';

interface Sides {
  readonly config: Value;
  readonly prior: Value;
  readonly planned: Value;
}

/**
 * What is wrong with a plan: it must want exactly what the configuration wants (or what is there already, when that
 * means the same); only what the configuration leaves to the provider may be anything.
 */
export function plannedViolations(
  block: BlockSchema,
  sides: Sides,
  path: AttributePath = [],
): readonly Violation[] {
  const { config, planned } = sides;
  if (config === null || planned === null) {
    if (config === planned) return [];
    return [
      { path, rule: planned === null ? 'be planned, it is configured' : 'be absent, nothing asks for it' },
    ];
  }
  return [
    ...Object.entries(block.attributes).flatMap(([name, attribute]) =>
      attributeViolations(attribute, members(sides, name), [...path, name]),
    ),
    ...Object.entries(block.blocks ?? {}).flatMap(([name, block]) =>
      blockViolations(block, members(sides, name), [...path, name]),
    ),
  ];
}

function attributeViolations(
  attribute: AnyAttribute,
  sides: Sides,
  path: AttributePath,
): readonly Violation[] {
  const { type, nested, options } = attribute;
  const { config, prior, planned } = sides;
  if (isWriteOnly(attribute))
    return planned === null ? [] : [{ path, rule: 'be null: write-only values are never kept' }];
  if (equal(type, planned, config)) return [];
  // The same thing in other words (a normalised text, say): what is there stands.
  if (config !== null && prior !== null && equal(type, planned, prior)) return [];
  // A default is computed in Terraform's eyes.
  const computed = options.computed === true || options.default !== undefined;
  if (config === null && computed) return [];
  if (nested !== undefined && config !== null && planned !== null)
    return nestedViolations(nested, nested.nesting, sides, path);
  const rule = config === null ? 'stay null, it is not configured' : 'be as configured (or as it is already)';
  return [{ path, rule, promised: config, came: planned }];
}

function blockViolations(block: Block, sides: Sides, path: AttributePath): readonly Violation[] {
  const { config, planned } = sides;
  if (equal(blockType(block), planned, config)) return [];
  if (isUnknown(config)) return [{ path, rule: 'stay unknown: it comes from a dynamic block not known yet' }];
  if (config === null || planned === null)
    return [{ path, rule: 'be there exactly when it is configured', promised: config, came: planned }];
  return nestedViolations(block, block.nesting, sides, path);
}

function blockType(block: Block) {
  const element = impliedType(block);
  return block.nesting === 'single' ? element : { kind: block.nesting, element };
}

function nestedViolations(
  block: BlockSchema,
  nesting: Block['nesting'] | 'map',
  { config, prior, planned }: Sides,
  path: AttributePath,
): readonly Violation[] {
  if (isUnknown(config)) return [{ path, rule: 'stay unknown, as configured', came: planned }];
  if (isUnknown(planned))
    return [{ path, rule: 'be known itself; only attributes inside it may be unknown' }];
  if (nesting === 'single') return plannedViolations(block, { config, prior, planned }, path);
  if (config instanceof Map && planned instanceof Map) {
    const keys = [...new Set([...config.keys(), ...planned.keys()])];
    const before = prior instanceof Map ? prior : new Map<string, Value>();
    return keys.flatMap((key) => {
      const sides = {
        config: config.get(key) ?? null,
        prior: before.get(key) ?? null,
        planned: planned.get(key) ?? null,
      };
      return plannedViolations(block, sides, [...path, { key }]);
    });
  }
  if (!Array.isArray(config) || !Array.isArray(planned)) return [];
  if (config.length !== planned.length)
    return [{ path, rule: `have ${config.length} elements as configured, not ${planned.length}` }];
  const before: readonly Value[] = Array.isArray(prior) ? prior : [];
  if (nesting === 'list')
    return planned.flatMap((element: Value, index) =>
      plannedViolations(block, { config: config[index], prior: before[index] ?? null, planned: element }, [
        ...path,
        index,
      ]),
    );
  // Nothing says which element of a set stems from which: each must fit one that is configured.
  const fits = (element: Value) =>
    before.some((old) => equal(impliedType(block), old, element)) ||
    config.some(
      (wanted: Value) =>
        plannedViolations(block, { config: wanted, prior: null, planned: element }).length === 0,
    );
  return planned.every(fits)
    ? []
    : [{ path, rule: 'hold the configured elements', promised: config, came: planned }];
}

function members({ config, prior, planned }: Sides, name: string): Sides {
  const of = (value: Value): Value => (isObjectValue(value) ? (value[name] ?? null) : null);
  return { config: of(config), prior: of(prior), planned: of(planned) };
}
