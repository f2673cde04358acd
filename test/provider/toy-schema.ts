import { attribute, type ReplaceIfContext } from '../../src/schema/attribute.ts';
import { defineSchema, type PlannedOf, type StateOf } from '../../src/schema/schema.ts';
import { between, lengthBetween, matching } from '../../src/schema/validators.ts';

const text = (description = 'Text.') => attribute.string({ optional: true, description });
const computedText = attribute.string({ computed: true, description: 'Made by the toy.' });

export const configurationSchema = defineSchema({
  description: 'A toy.',
  attributes: {
    prefix: text('Put before every computed text.'),
    fail: attribute.bool({ optional: true, description: 'Refuses to be configured.' }),
  },
});

export const dataSchema = defineSchema({
  description: 'Looks at a thing.',
  attributes: {
    id: attribute.string({ required: true, description: 'Which.' }),
    name: attribute.string({ computed: true, description: 'Its name.' }),
    size: attribute.integer({ computed: true, description: 'Its size.' }),
  },
});

export const immutableSchema = defineSchema({
  description: 'Cannot be changed.',
  attributes: {
    id: computedText,
    name: attribute.string({ required: true, description: 'Its name.' }),
    size: attribute.integer({ optional: true, default: 1, description: 'Its size.' }),
  },
});

export const thingSchema = defineSchema({
  description: 'A thing with everything a schema can have.',
  version: 2,
  attributes: {
    id: computedText,
    name: attribute.string({
      required: true,
      requiresReplace: true,
      validate: [lengthBetween(1, 20), matching(/^[a-z]/u, 'start with a small letter')],
      description: 'Its name.',
    }),
    size: attribute.integer({
      optional: true,
      default: 1,
      validate: [between(0, 100)],
      // Shrinking needs another thing.
      requiresReplace: ({ prior, planned }: ReplaceIfContext<number>) =>
        typeof prior === 'number' && typeof planned === 'number' && planned < prior,
      description: 'Its size.',
    }),
    note: text(),
    color: attribute.string({ optional: true, deprecated: 'Use note.', description: 'Its color.' }),
    tags: attribute.stringMap({ optional: true, description: 'Tags.' }),
    words: attribute.stringSet({ optional: true, description: 'Words.' }),
    secret: attribute.string({ optional: true, sensitive: true, description: 'A secret in state.' }),
    password: attribute.string({
      optional: true,
      writeOnly: true,
      sensitive: true,
      description: 'Never stored.',
    }),
    region: attribute.string({ optional: true, computed: true, description: 'Where; the toy chooses.' }),
    revision: attribute.integer({ computed: true, recompute: true, description: 'Counts changes.' }),
    born: attribute.string({ computed: true, nullable: true, description: 'Often null.' }),
    settings: attribute.single(
      {
        mode: attribute.string({ required: true, description: 'Mode.' }),
        level: attribute.integer({ optional: true, default: 3, description: 'Level.' }),
        seen: computedText,
      },
      { optional: true, description: 'Settings.' },
    ),
    rules: attribute.listOf(
      {
        port: attribute.integer({ required: true, validate: [between(1, 65535)], description: 'Port.' }),
        handle: computedText,
      },
      { optional: true, description: 'Rules.' },
    ),
    labels: attribute.setOf(
      {
        key: attribute.string({ required: true, description: 'Key.' }),
        value: text(),
        token: computedText,
      },
      { optional: true, description: 'Labels.' },
    ),
    limits: attribute.mapOf(
      { max: attribute.integer({ required: true, description: 'Most.' }), unit: computedText },
      { optional: true, description: 'Limits.' },
    ),
  },
  blocks: {
    step: {
      nesting: 'list',
      description: 'Steps.',
      attributes: {
        command: attribute.string({
          required: true,
          validate: [lengthBetween(1, 50)],
          description: 'Command.',
        }),
        ordinal: attribute.integer({ computed: true, description: 'Its number.' }),
      },
    },
    probe: {
      nesting: 'single',
      description: 'A probe.',
      attributes: { path: attribute.string({ optional: true, default: '/', description: 'Path.' }) },
    },
  },
});

export type ThingState = StateOf<typeof thingSchema>;
export type PlannedThing = PlannedOf<typeof thingSchema>;
