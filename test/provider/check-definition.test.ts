import { describe, expect, it } from 'vitest';
import { surroundings } from '../../src/entry/surroundings.ts';
import type { AnyProviderDefinition } from '../../src/lifecycle/provider-definition.ts';
import { checkDefinition } from '../../src/provider/check-definition.ts';
import { browserstackProvider } from '../../src/resources/index.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { Toy, type ToySession, toyDefinition } from './toy-provider.ts';

const good = toyDefinition(new Toy()) as AnyProviderDefinition<ToySession>;
const [thing, immutable] = good.resources as AnyProviderDefinition<ToySession>['resources'];
const messages = (definition: AnyProviderDefinition<ToySession>): string => {
  try {
    checkDefinition(definition);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a definition', () => {
  it('is ours, and right: no launch asks that again', () => {
    expect(() => checkDefinition(browserstackProvider(surroundings()))).not.toThrow();
  });

  it('that is right is built', () => {
    expect(messages(good)).toBe('');
  });

  it.each<[string, Partial<AnyProviderDefinition<ToySession>>, string]>([
    ['twice the same type', { resources: [thing!, thing!] }, 'toy_thing is defined twice'],
    [
      'a foreign name',
      { resources: [thing!, { ...immutable!, type: 'other' }] },
      'other does not start with toy_',
    ],
    ['a list of something without identity', { resources: [immutable!] }, 'toy_thing can be listed'],
    [
      'a missing upgrade',
      { resources: [{ ...thing!, upgrades: { 0: (old) => old } }] },
      'no upgrade from schema version 1',
    ],
    [
      'an upgrade from itself',
      { resources: [{ ...thing!, upgrades: { ...thing!.upgrades, 2: (old) => old } }] },
      'an upgrade from schema version 2',
    ],
    [
      'an identity nobody fills',
      { resources: [withoutIdentityOf()] },
      'toy_thing has an identity and no identityOf',
    ],
    [
      'a nested identity',
      {
        resources: [
          {
            ...thing!,
            identity: {
              version: 0,
              attributes: { a: attribute.stringMap({ required: true, description: 'A.' }) },
            },
          },
        ],
      },
      "the identity's a is not flat",
    ],
    [
      'a wrong schema',
      {
        schema: {
          description: 'D.',
          attributes: { a: attribute.string({ computed: true, description: 'A.' }) },
        },
      },
      'provider block: a is computed',
    ],
    [
      'a function in capitals',
      { functions: [{ ...good.functions![0]!, name: 'SHOUT' }] },
      'function SHOUT is not a name',
    ],
    ['a bad name of its own', { name: 'Toy' }, 'the provider name "Toy"'],
  ])('with %s is refused, and says why', (_what, wrong, message) => {
    expect(messages({ ...good, ...wrong })).toContain(message);
  });
});

function withoutIdentityOf(): AnyProviderDefinition<ToySession>['resources'][number] {
  const { identityOf: _unused, ...rest } = thing!;
  return rest;
}
