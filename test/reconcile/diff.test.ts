import { describe, expect, it } from 'vitest';
import { differences, showable } from '../../src/reconcile/plan/diff.ts';
import { attribute, type ReplaceIfContext } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import { unknown } from '../../src/schema/value.ts';

const schema = defineSchema({
  description: 'A thing.',
  attributes: {
    name: attribute.string({ required: true, requiresReplace: true, description: 'Name.' }),
    zone: attribute.string({ optional: true, computed: true, description: 'Zone.' }),
    size: attribute.integer({
      optional: true,
      default: 1,
      requiresReplace: ({ prior, planned }: ReplaceIfContext<number>) => Number(prior) > Number(planned),
      description: 'Size.',
    }),
    pin: attribute.string({ optional: true, sensitive: true, description: 'Pin.' }),
    tags: attribute.stringMap({ optional: true, description: 'Tags.' }),
    stamp: attribute.string({ computed: true, recompute: true, description: 'Stamp.' }),
  },
});

const nothing = { name: 'a', zone: null, size: null, pin: null, tags: null, stamp: null };
const prior = { ...nothing, zone: 'eu', size: 1, stamp: 'then' };
const changed = (config: object, before: object = {}) =>
  differences(schema, { ...nothing, ...config }, { ...prior, ...before }, () => false);

describe('differences', () => {
  it('are none where nothing is written: defaults count, and the service decides the rest', () => {
    expect(changed({})).toEqual([]);
    expect(changed({ zone: 'eu', size: 1 })).toEqual([]);
    expect(changed({}, { size: 2 })).toEqual([{ attribute: 'size', before: 2, after: 1, replaces: true }]);
  });

  it('force a new object always, or by rule', () => {
    expect(changed({ name: 'b', size: 3 })).toEqual([
      { attribute: 'name', before: 'a', after: 'b', replaces: true },
      { attribute: 'size', before: 1, after: 3, replaces: false },
    ]);
  });

  it('compare maps by content, and show no secret', () => {
    const map = (...entries: readonly [string, string][]) => new Map(entries);
    const two = map(['x', '1'], ['y', '2']);
    expect(changed({ tags: two }, { tags: map(['y', '2'], ['x', '1']) })).toEqual([]);
    const [pin] = changed({ pin: 'canary-1' }, { pin: 'canary-2' });
    expect(pin).toMatchObject({ attribute: 'pin', before: '(sensitive)', after: '(sensitive)' });
    expect(JSON.stringify(showable(schema, { ...prior, pin: 'canary-1' }))).not.toContain('canary');
  });

  it('count a value that is known only after an apply', () => {
    expect(changed({ zone: unknown })).toEqual([
      { attribute: 'zone', before: 'eu', after: '(known after apply)', replaces: false },
    ]);
  });
});
