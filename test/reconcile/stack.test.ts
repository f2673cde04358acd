import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ConfiguredStack,
  type ReadOptions,
  readConfigured,
} from '../../src/reconcile/input/configured.ts';
import { readStack } from '../../src/reconcile/input/stack.ts';
import { resourceTypes } from '../../src/workspace/organization.ts';
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

const readFor = (options: ReadOptions, ...documents: readonly object[]): ConfiguredStack =>
  readConfigured(
    documents.map((json, index) => ({ path: `${index}.tf.json`, json: JSON.parse(JSON.stringify(json)) })),
    { name: 'browserstack', resources: resourceTypes.all },
    options,
  );
const read = (...documents: readonly object[]): ConfiguredStack => readFor({}, ...documents);

describe('reading what is declared', () => {
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
        imports: false,
      },
      {
        address: 'browserstack_team.core',
        type: 'browserstack_team',
        body: { name: 'Core' },
        dependsOn: [],
        ignoreChanges: [],
        preventDestroy: false,
        imports: false,
      },
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
    const [asked] = read(stack).problems;
    expect(asked?.summary).toBe('There are 2 organizations in this stack; name one');
    expect(asked?.detail).toContain('browserstack.emea (organization "Acme EMEA")');
    for (const choice of [
      { organization: 'Acme EMEA' },
      { provider: 'emea' },
      { provider: 'browserstack.emea' },
    ]) {
      const { objects, skipped, provider: taken } = readFor(choice, stack);
      expect(objects.map(({ address }) => address)).toEqual(['browserstack_team.e']);
      expect(skipped).toEqual([
        { address: 'browserstack_team.a', reason: 'it belongs to another organization (browserstack.acme)' },
      ]);
      expect(taken).toEqual({ organization: 'Acme EMEA' });
    }
    expect(readFor({ organization: 'Nobody' }, stack).problems[0]?.detail).toContain('"Acme Inc."');
  });

  it('reports everything it cannot do, with addresses', () => {
    const team = (body: object) => ({ resource: { browserstack_team: body } });
    const { problems } = read(
      team({ many: { name: 'x', count: ref('length(var.names)') }, each: { name: 'y', for_each: 7 } }),
      team({ run: { name: 'r', provisioner: {} } }),
      team({ many: { name: 'x' } }),
      { module: { more: {} }, resource: { browserstack_temas: { x: {} } } },
    );
    expect(problems.map(({ summary, path }) => `${path?.join('.')}: ${summary}`)).toEqual([
      'module: Modules are not read',
      'browserstack_team.many: Declared twice',
      'browserstack_team.many.count: An expression that only Terraform can evaluate',
      'browserstack_team.each.for_each: Not a map or a set of texts',
      'browserstack_team.run.provisioner: An expression that only Terraform can evaluate',
      'browserstack_temas.x: Unknown type',
    ]);
  });
});
