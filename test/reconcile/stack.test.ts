import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Problem, problemsOf } from '../../src/errors.ts';
import { type Desired, readDesired } from '../../src/reconcile/input/desired.ts';
import type { OrganizationChoice } from '../../src/reconcile/input/providers.ts';
import { readStack } from '../../src/reconcile/input/stack.ts';
import { parseTemplate, Unsupported } from '../../src/reconcile/input/template.ts';
import { caught } from '../helpers/caught.ts';
import { ref } from './toy-world.ts';

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'reconcile-stack-'));
});
afterEach(() => rm(project, { recursive: true, force: true }));

async function write(path: string, content: unknown): Promise<void> {
  const file = join(project, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const paths = async (path?: string) => (await readStack(project, path)).map((file) => file.path);

describe('finding the stack', () => {
  it('takes the only one of the project without being told', async () => {
    await write('cdktf.out/stacks/acme/cdk.tf.json', {});
    const found = ['cdktf.out/stacks/acme/cdk.tf.json'];
    expect(await paths()).toEqual(found);
    expect(await paths('cdktf.out')).toEqual(found);
    expect(await paths('cdktf.out/stacks')).toEqual(found);
    expect(await paths('cdktf.out/stacks/acme')).toEqual(found);
    expect(await paths('cdktf.out/stacks/acme/cdk.tf.json')).toEqual(found);
  });

  it('takes all JSON configuration of a directory', async () => {
    await write('b.tf.json', {});
    await write('a.tf.json', {});
    await write('package.json', {});
    expect(await paths()).toEqual(['a.tf.json', 'b.tf.json']);
  });

  it('names the stacks when there are several', async () => {
    await write('cdktf.out/stacks/one/cdk.tf.json', {});
    await write('cdktf.out/stacks/two/cdk.tf.json', {});
    const problem = await caught(paths());
    expect(problem.summary).toBe('There are 2 stacks; name one');
    expect(problem.detail).toContain('cdktf.out/stacks/one, cdktf.out/stacks/two');
  });

  it('says what is missing or unreadable, and what to do', async () => {
    expect((await caught(paths())).detail).toContain('cdktf synth');
    expect((await caught(paths('elsewhere'))).summary).toBe('There is no elsewhere');
    await write('broken/cdk.tf.json', '{');
    expect((await caught(paths('broken'))).summary).toBe('broken/cdk.tf.json is not a JSON configuration');
    await write('state/x.tf.json', { version: 4, terraform_version: '1.11.4', lineage: 'x', resources: [] });
    expect((await caught(paths('state'))).detail).toContain("It is Terraform's state.");
    await write('hcl/main.tf', '');
    expect((await caught(paths('hcl'))).summary).toContain('HCL');
  });
});

const readFor = (choice: OrganizationChoice, ...documents: readonly object[]): Desired =>
  readDesired(
    documents.map((json, index) => ({ path: `${index}.tf.json`, json: JSON.parse(JSON.stringify(json)) })),
    'browserstack',
    new Map([
      ['browserstack_team', true],
      ['browserstack_service_account', true],
      ['browserstack_access_key', false],
    ]),
    choice,
  );
const read = (...documents: readonly object[]): Desired => readFor({}, ...documents);

function problemOf(act: () => unknown): Problem | undefined {
  try {
    act();
    return undefined;
  } catch (thrown) {
    return problemsOf(thrown)[0];
  }
}

describe('reading what is desired', () => {
  it('reads what cdktf writes: comments, meta-arguments, references', () => {
    const { objects } = read({
      '//': { metadata: {} },
      resource: {
        browserstack_service_account: {
          ci: {
            '//': { metadata: {} },
            depends_on: ['browserstack_team.core', 'null_resource.other'],
            identifier: 'ci',
            lifecycle: { prevent_destroy: true },
            provider: 'browserstack',
            team: ref('browserstack_team.core.name'),
          },
        },
        browserstack_team: { core: [{ name: 'Core' }] },
        null_resource: { other: { count: 3 } },
      },
    });
    expect(objects).toEqual([
      {
        address: 'browserstack_service_account.ci',
        type: 'browserstack_service_account',
        body: { identifier: 'ci', team: ref('browserstack_team.core.name') },
        dependsOn: ['browserstack_team.core'],
        ignoreChanges: [],
        preventDestroy: true,
      },
      {
        address: 'browserstack_team.core',
        type: 'browserstack_team',
        body: { name: 'Core' },
        dependsOn: [],
        ignoreChanges: [],
        preventDestroy: false,
      },
    ]);
  });

  it('leaves alone, and lists, what has no meaning without a state', () => {
    const { objects, leftAlone } = read({ resource: { browserstack_access_key: { ci: { username: 'x' } } } });
    expect(objects).toEqual([]);
    expect(leftAlone).toEqual([
      { address: 'browserstack_access_key.ci', reason: "browserstack_access_key needs Terraform's state" },
    ]);
  });

  it('takes the default provider block', () => {
    const provider = { browserstack: [{ base_url: 'http://a' }, { alias: 'b', base_url: 'http://b' }] };
    expect(read({ provider }).provider).toEqual({ base_url: 'http://a' });
    expect(read({}).provider).toEqual({});
  });

  it('takes the provider block that the resources use, whatever its alias', () => {
    const provider = { browserstack: [{ base_url: 'http://a' }, { alias: 'b', base_url: 'http://b' }] };
    const team = (reference: string) => ({ browserstack_team: { x: { name: 'X', provider: reference } } });
    for (const reference of ['browserstack.b', ref('browserstack.b')]) {
      const { provider: taken, objects } = read({ provider, resource: team(reference) });
      expect(taken).toEqual({ base_url: 'http://b' });
      expect(objects).toHaveLength(1);
    }
    expect(read({ resource: team('browserstack.elsewhere') }).provider).toEqual({});
  });

  it('asks which organization is meant when there are several, and leaves the others alone', () => {
    const provider = {
      browserstack: [
        { alias: 'acme', organization: 'Acme Inc.' },
        { alias: 'emea', organization: 'Acme EMEA' },
      ],
    };
    const team = (name: string, alias: string) => ({ name, provider: `browserstack.${alias}` });
    const stack = {
      provider,
      resource: { browserstack_team: { a: team('Payments', 'acme'), e: team('Payments', 'emea') } },
    };
    const asked = problemOf(() => read(stack));
    expect(asked?.summary).toBe('There are 2 organizations in this stack; name one');
    expect(asked?.detail).toContain('browserstack.emea (organization "Acme EMEA")');
    for (const choice of [
      { organization: 'Acme EMEA' },
      { provider: 'emea' },
      { provider: 'browserstack.emea' },
    ]) {
      const { objects, leftAlone, provider: taken } = readFor(choice, stack);
      expect(objects.map(({ address }) => address)).toEqual(['browserstack_team.e']);
      expect(leftAlone).toEqual([
        { address: 'browserstack_team.a', reason: 'it belongs to another organization (browserstack.acme)' },
      ]);
      expect(taken).toEqual({ organization: 'Acme EMEA' });
    }
    expect(problemOf(() => readFor({ organization: 'Nobody' }, stack))?.detail).toContain('"Acme Inc."');
  });

  it('reports everything it cannot do, with addresses', () => {
    const team = (body: object) => ({ resource: { browserstack_team: body } });
    let found: readonly string[] = [];
    try {
      read(
        team({ many: { name: 'x', count: 2 }, each: { name: 'y', for_each: {} } }),
        team({ run: { name: 'r', provisioner: {} } }),
        team({ many: { name: 'x' } }),
        { module: { more: {} } },
      );
    } catch (thrown) {
      found = problemsOf(thrown).map(({ summary, path }) => `${path?.join('.')}: ${summary}`);
    }
    expect(found).toEqual([
      'module: Modules are not read',
      'browserstack_team.many.count: An expression that only Terraform can evaluate',
      'browserstack_team.each.for_each: An expression that only Terraform can evaluate',
      'browserstack_team.run.provisioner: An expression that only Terraform can evaluate',
      'browserstack_team.many: Declared twice',
    ]);
  });
});

describe('templates', () => {
  it('are literals, escapes and references', () => {
    expect(parseTemplate('plain')).toEqual(['plain']);
    expect(parseTemplate('')).toEqual(['']);
    expect(parseTemplate('a$${b}%%{c}')).toEqual([`a${ref('b')}%{c}`]);
    expect(parseTemplate('100 % of $5 {x}')).toEqual(['100 % of $5 {x}']);
    expect(parseTemplate(`x-${ref('a_b.c-d.e')}-y`)).toEqual([
      'x-',
      { address: 'a_b.c-d', attribute: 'e', text: 'a_b.c-d.e' },
      '-y',
    ]);
  });

  it.each([
    ref('var.x.y'),
    ref('local.a.b'),
    ref('a.b'),
    ref('a.b.c.d'),
    ref('f(a.b.c)'),
    '${open',
    '%{if x}',
  ])('report %s instead of guessing', (text) => {
    expect(parseTemplate(text)).toBeInstanceOf(Unsupported);
  });
});
