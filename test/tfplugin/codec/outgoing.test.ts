import { expect, test } from 'vitest';
import type { PathStep } from '../../../src/errors.ts';
import { attribute } from '../../../src/schema/attribute.ts';
import { defineSchema, impliedType } from '../../../src/schema/schema.ts';
import { dynamicType } from '../../../src/schema/type.ts';
import { toAttributePath } from '../../../src/tfplugin/codec/attribute-path.ts';
import { decodeValue } from '../../../src/tfplugin/codec/decode.ts';
import { toDynamicValue } from '../../../src/tfplugin/codec/dynamic-value.ts';
import { salvageObject } from '../../../src/tfplugin/codec/salvage.ts';
import { toSchema } from '../../../src/tfplugin/codec/schema.ts';

const schema = defineSchema({
  version: 3,
  description: 'A noun.',
  deprecated: 'Use the other one.',
  attributes: {
    name: attribute.string({ required: true, description: 'N.' }),
    size: attribute.number({ optional: true, default: 3, description: 'S.' }),
    key: attribute.string({ computed: true, sensitive: true, description: 'K.' }),
    wo: attribute.string({ optional: true, writeOnly: true, deprecated: 'No.', description: 'W.' }),
    parts: attribute.setOf(
      { a: attribute.bool({ optional: true, description: 'A.' }) },
      { optional: true, description: 'P.' },
    ),
    tags: attribute.stringMap({ optional: true, description: 'T.' }),
    any: attribute.of(dynamicType)({ optional: true, computed: true, description: 'D.' }),
  },
  blocks: {
    rule: {
      nesting: 'list',
      description: 'R.',
      minItems: 1,
      maxItems: 2,
      attributes: { allow: attribute.bool({ optional: true, description: 'A.' }) },
      blocks: { deep: { nesting: 'single', description: 'D.', attributes: {} } },
    },
  },
});
const type = impliedType(schema);

test('a schema says everything Terraform asks of it', () => {
  const { version, block } = toSchema(schema);
  expect(version).toBe(3);
  expect(block?.deprecated).toBe(true);
  expect(block?.description).toContain('Use the other one.');
  const byName = Object.fromEntries(block!.attributes.map((one) => [one.name, one]));
  expect(byName.name).toMatchObject({ required: true, optional: false, computed: false });
  expect(String(byName.name?.type)).toBe('"string"');
  expect(byName.size).toMatchObject({ required: false, optional: true, computed: true });
  expect(byName.key).toMatchObject({ computed: true, sensitive: true, optional: false });
  expect(byName.wo).toMatchObject({ writeOnly: true, deprecated: true });
  expect(byName.parts?.type).toBeUndefined();
  expect(byName.parts?.nestedType).toMatchObject({ nesting: 3, attributes: [{ name: 'a' }] });
  expect(block?.blockTypes).toMatchObject([
    {
      typeName: 'rule',
      nesting: 2,
      minItems: 1,
      maxItems: 2,
      block: { blockTypes: [{ typeName: 'deep', nesting: 1 }] },
    },
  ]);
});

const steps = (path: readonly PathStep[]) =>
  toAttributePath(path, type)?.steps.map(({ selector }) => [selector?.$case, selector?.value]);

test('trap 42: a path ends at the set, because its elements have no address', () => {
  expect(steps(['parts', 0, 'a'])).toEqual([['attributeName', 'parts']]);
});

test('trap 42: list indexes and map keys have addresses', () => {
  expect(steps(['rule', 1, 'allow'])).toEqual([
    ['attributeName', 'rule'],
    ['elementKeyInt', 1],
    ['attributeName', 'allow'],
  ]);
  expect(steps(['tags', { key: 'x' }])).toEqual([
    ['attributeName', 'tags'],
    ['elementKeyString', 'x'],
  ]);
});

test('trap 36: a path that does not exist is cut where it leaves the schema', () => {
  expect(steps(['nothing'])).toBeUndefined();
  expect(steps(['name', 'deeper'])).toEqual([['attributeName', 'name']]);
  expect(steps(['toString'])).toBeUndefined();
  expect(steps([])).toBeUndefined();
});

test('an object that cannot be sent whole is sent without the parts that cannot', () => {
  const object = {
    name: 'precious',
    size: Number.NaN,
    key: 'k',
    wo: null,
    parts: [{ a: 'no bool' }],
    tags: null,
    any: null,
    rule: [],
    surprise: 1,
  };
  // Only a bug makes such an object.
  const { message, diagnostics } = salvageObject(
    object as never,
    (whole) => toDynamicValue(whole, type),
    type,
  );
  expect(decodeValue(message.msgpack!, type)).toMatchObject({
    name: 'precious',
    key: 'k',
    size: null,
    parts: [],
  });
  expect(diagnostics.map(({ path }) => path)).toEqual([['size'], ['parts', 0, 'a']]);
});
