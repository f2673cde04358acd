import { describe, expect, it } from 'vitest';
import {
  type ConfiguredStack,
  type ReadOptions,
  readConfigured,
} from '../../src/reconcile/input/configured.ts';
import { Unsupported } from '../../src/reconcile/input/expression.ts';
import { parseExpression, parseTemplate } from '../../src/reconcile/input/parse.ts';
import { tfvars } from '../../src/reconcile/input/tfvars.ts';
import { resourceTypes } from '../../src/workspace/organization.ts';
import { ref } from './toy-world.ts';

const read = (json: object, options: ReadOptions = {}): ConfiguredStack =>
  readConfigured(
    [{ path: 'x.tf.json', json: JSON.parse(JSON.stringify(json)) }],
    { name: 'browserstack', resources: resourceTypes.all },
    options,
  );
const bodies = ({ objects }: ConfiguredStack) =>
  Object.fromEntries(objects.map(({ address, body }) => [address, body]));
const team = (body: object) => ({ browserstack_team: { t: body } });

describe('a string of a configuration', () => {
  const literal = (value: string) => ({ kind: 'literal', value });

  it('is text, escapes and references', () => {
    expect(parseTemplate('plain')).toEqual(literal('plain'));
    expect(parseTemplate('')).toEqual(literal(''));
    expect(parseTemplate('a$${b}%%{c}')).toEqual(literal(`a${ref('b')}%{c}`));
    expect(parseTemplate('100 % of $5 {x}')).toEqual(literal('100 % of $5 {x}'));
    expect(parseTemplate(`x-${ref('a_b.c-d.e')}-y`)).toMatchObject({
      kind: 'template',
      parts: [literal('x-'), { kind: 'reference', root: 'a_b', steps: ['c-d', 'e'] }, literal('-y')],
    });
    expect(parseTemplate(ref('a_b.c["x.y"].e'))).toMatchObject({ steps: ['c', { index: 'x.y' }, 'e'] });
    expect(parseTemplate(ref('"}"'))).toEqual(literal('}'));
  });

  it.each([
    ref('a.b.c + 1'),
    ref('f(a.b.c)'),
    ref('a.b ? c : d'),
    ref('a.b[*].c'),
    ref('[for x in y : x]'),
    '${open',
    '%{if x}',
    ref('"\\q"'),
  ])('that says %s needs Terraform, and nothing is guessed', (text) => {
    expect(() => parseTemplate(text)).toThrow(Unsupported);
  });

  it('may hold lists and objects', () => {
    expect(parseExpression('{ a = [1, "b", true, null], "c d": -2.5 }')).toMatchObject({ kind: 'object' });
  });
});

describe('static truth', () => {
  it('knows variables: what is given wins over the default', () => {
    const stack = {
      variable: { env: { default: 'dev', type: 'string' }, names: { default: ['a', 'b'] } },
      resource: team({ name: `qa-${ref('var.env')}-${ref('var.names[1]')}` }),
    };
    expect(bodies(read(stack))).toEqual({ 'browserstack_team.t': { name: 'qa-dev-b' } });
    const variables = new Map([['env', 'prod']]);
    expect(bodies(read(stack, { variables }))).toEqual({ 'browserstack_team.t': { name: 'qa-prod-b' } });
    const odd = new Map([['env', ref('not.a.template')]]);
    expect(bodies(read(stack, { variables: odd }))['browserstack_team.t']?.name).toBe(
      'qa-$${not.a.template}-b',
    );
    expect(read(stack, { variables: new Map([['evn', 'x']]) }).problems).toMatchObject([
      { path: ['var.evn'] },
    ]);
  });

  it('knows locals, also those made of locals and of resources', () => {
    const stack = {
      locals: { prefix: 'qa', full: `${ref('local.prefix')}-core`, team: ref('browserstack_team.t.name') },
      resource: {
        browserstack_team: { t: { name: ref('local.full') } },
        browserstack_service_account: {
          a: { identifier: `${ref('local.prefix')}-${ref('local.team')}`, team: ref('local.team') },
        },
      },
    };
    const { objects, problems } = read(stack);
    expect(problems).toEqual([]);
    expect(objects).toMatchObject(
      [
        {
          address: 'browserstack_service_account.a',
          body: {
            identifier: `qa-${ref('browserstack_team.t.name')}`,
            team: ref('browserstack_team.t.name'),
          },
          dependsOn: ['browserstack_team.t'],
        },
        { address: 'browserstack_team.t', body: { name: 'qa-core' } },
      ].sort((a, b) => (a.address < b.address ? 1 : -1)),
    );
    const circle = {
      locals: { a: ref('local.b'), b: ref('local.a') },
      resource: team({ name: ref('local.a') }),
    };
    expect(read(circle).problems).toMatchObject([{ summary: 'A local value depends on itself' }]);
  });

  it('knows count and for_each, and what refers to their instances', () => {
    const stack = {
      locals: { teams: { pay: 'Payments', core: 'Core' } },
      resource: {
        browserstack_team: {
          each: { for_each: ref('local.teams'), name: ref('each.value') },
          many: { count: 2, name: `T${ref('count.index')}` },
        },
        browserstack_service_account: {
          ci: {
            for_each: ref('toset(["b", "a"])'),
            identifier: `ci-${ref('each.key')}`,
            team: ref('browserstack_team.each["pay"].name'),
            depends_on: ['browserstack_team.many'],
          },
        },
      },
    };
    const { objects, problems } = read(stack);
    expect(problems).toEqual([]);
    expect(Object.keys(bodies({ objects } as ConfiguredStack)).sort()).toEqual([
      'browserstack_service_account.ci["a"]',
      'browserstack_service_account.ci["b"]',
      'browserstack_team.each["core"]',
      'browserstack_team.each["pay"]',
      'browserstack_team.many[0]',
      'browserstack_team.many[1]',
    ]);
    expect(objects.find(({ address }) => address.endsWith('ci["a"]'))).toMatchObject({
      body: { identifier: 'ci-a', team: ref('browserstack_team.each["pay"].name') },
      dependsOn: ['browserstack_team.each["pay"]', 'browserstack_team.many[0]', 'browserstack_team.many[1]'],
    });
  });

  it('knows what was moved, removed and imported', () => {
    const stack = {
      moved: [{ from: 'browserstack_team.old', to: 'browserstack_team.t' }],
      removed: [
        { from: 'browserstack_team.kept', lifecycle: { destroy: false } },
        { from: 'browserstack_team.bare' },
        { from: 'browserstack_team.gone', lifecycle: { destroy: true } },
      ],
      import: [{ to: 'browserstack_team.t', id: 'T' }],
      resource: team({ name: 'T', lifecycle: { ignore_changes: 'all' } }),
    };
    expect(read(stack)).toMatchObject({
      moved: [{ from: 'browserstack_team.old', to: 'browserstack_team.t' }],
      removed: ['browserstack_team.kept', 'browserstack_team.bare'],
      objects: [{ imports: true, ignoreChanges: 'all' }],
    });
  });

  it('reads files of variables', () => {
    const text =
      '# names\nenv = "prod" // which\nnames = ["a", "b # no comment"]\n/* more */ size = 3\nmap = { a = true }\n';
    expect(tfvars(text, 'x.tfvars')).toEqual({
      env: 'prod',
      names: ['a', 'b # no comment'],
      size: 3,
      map: { a: true },
    });
    expect(() => tfvars('env = upper("x")', 'x.tfvars')).toThrow('x.tfvars cannot be read');
  });
});
