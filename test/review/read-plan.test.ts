import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/errors.ts';
import { readDiagnostics } from '../../src/review/plan/diagnostics.ts';
import { readPlan } from '../../src/review/plan/read-plan.ts';
import { exitCodeOf, reviewPlan } from '../../src/review/review.ts';
import { kept } from './plans.ts';

const refused = (text: string): Problem => {
  try {
    readPlan(text, 'plan.json');
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown;
    throw thrown;
  }
  throw new Error('it was read');
};

const plan = (members: object) =>
  readPlan(JSON.stringify({ format_version: '1.2', planned_values: {}, ...members }), 'plan.json');

const account = (change: object, more: object = {}) => ({
  address: 'browserstack_service_account.ci',
  mode: 'managed',
  type: 'browserstack_service_account',
  name: 'ci',
  change,
  ...more,
});

describe('what is no plan', () => {
  it.each([
    ['', 'It is empty.'],
    ['[command]/opt/terraform-bin show -json tfplan\n{"format_version":"1.2"}', 'terraform_wrapper: false'],
    ['PK\u0003\u0004…', 'It is the plan file itself'],
    ['{"format_version":"1.2","resource_cha', 'not all of it is there'],
    ['[]', 'It is not a JSON object.'],
    ['{"format_version":"1.0"}', 'There is no plan in it'],
    ['{"format_version":"1.0","values":{"root_module":{}}}', 'It is a state'],
    ['{"version":4,"serial":1,"resources":[]}', 'It is a state'],
    ['{"format_version":"1.0","provider_schemas":{}}', 'It is the schema of providers.'],
    ['{"resource":{}}', 'It is a configuration'],
    ['{"@level":"info","@message":"Terraform 1.11.4"}', '--diagnostics'],
    ['{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n', '--diagnostics'],
    ['{"planned_values":{}}', 'It does not say its format_version.'],
    ['{"format_version":"2.0","planned_values":{}}', 'Its format_version is "2.0"; this tool reads 1.x.'],
    ['{"format_version":"0.2","planned_values":{}}', 'Its format_version is "0.2"'],
    [
      '{"format":"browserstack-iac/plan","version":9,"plan":{"version":9}}',
      'It reads version 2 of its own plans.',
    ],
  ])('%s', (text, why) => {
    const { code, detail } = refused(text);
    expect(code).toBe('invalid_input');
    expect(detail).toContain(why);
  });

  it('never repeats what is in it: it may be a key', () => {
    for (const text of [
      'OwnerCanaryKey000001',
      '{"a":"OwnerCanaryKey000001"',
      '{"format_version":"OwnerCanaryKey000001","planned_values":{}}',
    ])
      expect(refused(text).message).not.toContain('CanaryKey');
  });
});

describe('what a plan does not say', () => {
  it('a plan without any row is quiet', () => {
    const review = reviewPlan(plan({}));
    expect(review.verdict).toBe('quiet');
    expect(exitCodeOf(review)).toBe(0);
  });

  it('an action that nobody knows is dangerous, and so is a row without one', () => {
    for (const actions of [['explode'], ['create', 'explode'], [], undefined]) {
      const review = reviewPlan(
        plan({ resource_changes: [account({ actions, before: { identifier: 'ci' }, after: null })] }),
      );
      expect(review.verdict).toBe('danger');
      expect(exitCodeOf(review)).toBe(2);
    }
  });

  it('a kind of object that this version does not know is looked at, and its end is dangerous', () => {
    const badge = (actions: string[]) =>
      reviewPlan(
        plan({
          resource_changes: [
            {
              address: 'browserstack_badge.b',
              mode: 'managed',
              type: 'browserstack_badge',
              name: 'b',
              change: { actions },
            },
          ],
        }),
      );
    expect(badge(['create']).verdict).toBe('look');
    expect(badge(['delete']).verdict).toBe('danger');
    expect(badge(['no-op']).verdict).toBe('quiet');
  });

  it('an object that an interrupted replacement left behind is not the one that took its place', () => {
    const values = { identifier: 'ci', username: 'ci_1', deletion_protection: false };
    const review = reviewPlan(
      plan({
        resource_changes: [
          account({ actions: ['no-op'], before: values, after: values }),
          account(
            { actions: ['delete'], before: { ...values, username: 'ci_0' }, after: null },
            { deposed: 'ab12cd34' },
          ),
        ],
      }),
    );
    expect(review.changes.map(({ id, kind, username }) => [id, kind, username])).toEqual([
      ['browserstack_service_account.ci (deposed)', 'delete', 'ci_0'],
    ]);
  });

  it.each([
    ['errored', { errored: true }],
    ['not whole', { complete: false, applyable: true }],
    ['partly put off', { deferred_changes: [{ reason: 'instance_count_unknown' }] }],
    ['neither applyable nor whole', { complete: false, applyable: false }],
  ])('a plan that is %s never ends with 0', (_, members) => {
    expect(exitCodeOf(reviewPlan(plan(members)), 'never')).toBe(2);
  });

  it('an engine that does not say whether a plan is whole says so in a warning', () => {
    const diagnostics = readDiagnostics(
      '[{"severity":"warning","summary":"Resource targeting is in effect"}]',
      'd',
    );
    expect(exitCodeOf(reviewPlan(plan({}), { diagnostics }), 'never')).toBe(2);
  });

  it('an error beside a plan refuses it, whatever the plan says', () => {
    const diagnostics = readDiagnostics('[{"severity":"error","summary":"Something"}]', 'd');
    expect(reviewPlan(plan({}), { diagnostics }).verdict).toBe('refused');
  });
});

describe('diagnostics', () => {
  const message = (diagnostic: object) =>
    JSON.stringify({ '@level': 'warn', type: 'diagnostic', diagnostic });
  const warning = {
    severity: 'warning',
    summary: 'The rotation of x is held back',
    detail: 'why',
    address: 'a.b',
  };

  it.each([
    ['one message a line', `${message(warning)}\n{"@level":"info","type":"version"}\n`],
    ['with lines of a wrapper in between', `+ terraform plan\r\n${message(warning)}\r\nnpm notice\r\n`],
    ['a list', JSON.stringify([warning])],
    ['as validate prints them', JSON.stringify({ valid: true, diagnostics: [warning] })],
  ])('%s', (_, text) => {
    expect(readDiagnostics(text, 'd')).toMatchObject([
      { severity: 'warning', code: 'held_back', address: 'a.b', detail: 'why' },
    ]);
  });

  it('nothing is none, and what is something else is refused', () => {
    expect(readDiagnostics(' \n', 'd')).toEqual([]);
    expect(() => readDiagnostics('Error: no such file', 'd')).toThrow('holds no diagnostics');
  });

  it('a stable code in brackets wins over the words', () => {
    const [one] = readDiagnostics(
      JSON.stringify([{ ...warning, summary: 'Any words at all [account_replaced]' }]),
      'd',
    );
    expect(one).toMatchObject({ code: 'account_replaced', summary: 'Any words at all' });
  });

  it('of what others say only the summary is kept: the rest may repeat values', () => {
    const [one] = readDiagnostics(
      JSON.stringify([{ severity: 'error', summary: 'Boom', detail: 'password is x' }]),
      'd',
    );
    expect(one).toMatchObject({ code: undefined, detail: '' });
  });
});

describe('keys in clear', () => {
  it('a key that the plan holds is hidden wherever else it stands', () => {
    const key = 'short-odd-key';
    const row = {
      address: 'browserstack_access_key.ci',
      mode: 'managed',
      type: 'browserstack_access_key',
      name: 'ci',
      change: {
        actions: ['update'],
        before: { username: 'u', access_key: key, consumers: [`its key is ${key}`] },
        after: { username: 'u', access_key: key, consumers: [] },
      },
    };
    const review = reviewPlan(plan({ resource_changes: [row] }));
    expect(JSON.stringify(review)).not.toContain(key);
  });

  it('what has the shape of a key is hidden, whether the plan knows it as one or not', () => {
    const review = reviewPlan(
      plan({
        resource_changes: [
          account({ actions: ['create'], before: null, after: { identifier: 'is PaymentsCanaryKey001.' } }),
        ],
      }),
    );
    expect(JSON.stringify(review)).not.toContain('CanaryKey');
    expect(review.hazards).toEqual([{ code: 'key_as_name', address: 'browserstack_service_account.ci' }]);
  });

  it('recorded plans hold keys in clear, so that looking for them means something', () => {
    for (const name of [
      'export-switched-off',
      'exported-key-rotates',
      'key-in-code',
      'key-given-by-hand',
      'key-as-a-name',
    ])
      expect(kept(name).text).toContain('CanaryKey');
  });
});

describe('blocks of the provider', () => {
  const named = { name: 'browserstack', full_name: 'registry.terraform.io/browserstack-iac/browserstack' };
  const keysOf = (providers: object, ...used: readonly string[]) =>
    plan({
      configuration: {
        provider_config: providers,
        root_module: {
          module_calls: {
            inside: { module: { resources: used.map((key) => ({ provider_config_key: key })) } },
          },
        },
      },
    }).configuration.providers.map(({ key }) => key);
  const written = { ...named, alias: 'acme', expressions: { organization: { constant_value: 'Acme Inc.' } } };

  it('the one that an engine makes up beside aliases says nothing', () => {
    expect(keysOf({ browserstack: named, 'browserstack.acme': written }, 'browserstack.acme')).toEqual([
      'browserstack.acme',
    ]);
  });

  it('one without arguments is configured by the environment where somebody uses it, or it is the only one', () => {
    const both = { browserstack: named, 'browserstack.acme': written };
    expect(keysOf(both, 'browserstack.acme', 'browserstack')).toEqual(['browserstack', 'browserstack.acme']);
    expect(keysOf({ browserstack: named })).toEqual(['browserstack']);
  });
});

describe('where the administrator’s key is sent', () => {
  const pointedAt = (expression: object, members: object = {}) =>
    reviewPlan(
      plan({
        configuration: {
          provider_config: {
            browserstack: {
              name: 'browserstack',
              full_name: 'registry.terraform.io/browserstack-iac/browserstack',
              expressions: { base_url: expression },
            },
          },
        },
        ...members,
      }),
    );

  it.each([
    ['https://api.browserstack.com', []],
    ['https://api-enterprise.browserstack.com/', []],
    ['http://127.0.0.1:4701', ['local_url']],
    ['http://localhost:4701', ['local_url']],
    ['http://[::1]:4701', ['local_url']],
    ['https://api.browserstack.com.evil.example', ['foreign_url']],
    ['https://api.browserstack.com@evil.example', ['foreign_url']],
    ['http://127.0.0.1.evil.example', ['foreign_url']],
    ['http://api.browserstack.com', ['insecure_url']],
    ['not a url', ['unknown_url']],
  ])('%s', (url, codes) => {
    const review = pointedAt({ constant_value: url });
    expect(review.hazards.map(({ code }) => code)).toEqual(codes);
    expect(review.verdict).toBe(
      codes.some((code) => code === 'foreign_url' || code === 'insecure_url') ? 'danger' : 'quiet',
    );
  });

  it('follows a variable', () => {
    const review = pointedAt(
      { references: ['var.url'] },
      { variables: { url: { value: 'https://evil.example/x' } } },
    );
    expect(review.hazards).toEqual([{ code: 'foreign_url', provider: 'browserstack', host: 'evil.example' }]);
  });

  it('takes a host that is allowed', () => {
    const document = plan({
      configuration: {
        provider_config: {
          b: {
            name: 'browserstack',
            expressions: { base_url: { constant_value: 'https://stack.acme.test' } },
          },
        },
      },
    });
    expect(reviewPlan(document, { allowedHosts: ['stack.acme.test'] }).hazards).toEqual([]);
  });
});
