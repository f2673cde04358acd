import { describe, expect, it } from 'vitest';
import { attribute } from '../../src/schema/attribute.ts';
import { checkSchema } from '../../src/schema/check-schema.ts';
import type { Schema } from '../../src/schema/schema.ts';

const text = (options: object) => attribute.string({ description: 'D.', ...options } as never);
const check = (attributes: Schema['attributes'], rest: Partial<Schema> = {}) =>
  checkSchema({ description: 'D.', attributes, ...rest }, 'state');

describe('a schema that contradicts itself', () => {
  it.each<[string, Schema['attributes'], string]>([
    ['nothing said', { a: text({}) }, 'a is neither required, optional nor computed'],
    [
      'required and optional',
      { a: text({ required: true, optional: true }) },
      'a is required and something else',
    ],
    [
      'a default on required',
      { a: text({ required: true, default: 'x' }) },
      'a has a default, so it must be optional and nothing else',
    ],
    [
      'a default of another type',
      { a: text({ optional: true, default: 5 }) },
      'a has a default that is not of its type',
    ],
    [
      'write-only and computed',
      { a: text({ computed: true, writeOnly: true }) },
      'a is write-only and computed',
    ],
    [
      'write-only with a default',
      { a: text({ optional: true, writeOnly: true, default: 'x' }) },
      'a is write-only and has a default',
    ],
    [
      'write-only that replaces (trap 36)',
      { a: text({ optional: true, writeOnly: true, requiresReplace: true }) },
      'a is write-only, so nothing can say when it changes',
    ],
    [
      'recomputed and replacing',
      { a: text({ computed: true, recompute: true, requiresReplace: true }) },
      'a is recomputed by updates, so it cannot require a replacement',
    ],
    ['a name in capitals', { userName: text({ optional: true }) }, 'userName is not a name like snake_case'],
    ['a reserved name', { count: text({ optional: true }) }, '"count" is reserved by Terraform'],
    ['no description', { a: text({ optional: true, description: ' ' }) }, 'a has no description'],
    [
      'write-only inside a set',
      {
        a: attribute.setOf(
          { b: text({ optional: true, writeOnly: true }) },
          { optional: true, description: 'D.' },
        ),
      },
      'a.b is write-only inside a set',
    ],
    [
      'dynamic inside a collection',
      {
        a: attribute.listOf(
          { b: attribute.dynamic({ optional: true, description: 'D.' }) },
          { optional: true, description: 'D.' },
        ),
      },
      'a has elements of dynamic type, which collections cannot hold',
    ],
  ])('%s', (_what, attributes, mistake) => {
    expect(check(attributes)).toContain(mistake);
  });

  it('is looked for inside blocks too', () => {
    const block = {
      nesting: 'set' as const,
      description: '',
      attributes: { b: text({ optional: true, writeOnly: true }) },
    };
    expect(check({ a: text({ optional: true }) }, { blocks: { a: block }, version: -1 })).toEqual([
      'the version must be a whole number from 0',
      'a is both an attribute and a block',
      'a has no description',
      'a.b is write-only inside a set',
    ]);
  });

  it('computes nothing where only configuration stands', () => {
    const attributes = { a: text({ computed: true }), version: text({ optional: true }) };
    expect(checkSchema({ description: 'D.', attributes }, 'configuration')).toEqual([
      '"version" is reserved by Terraform',
      'a is computed or has a default, where only configuration stands',
    ]);
  });
});
