import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { managedKeys } from '../../src/cli/managed-keys.ts';
import { type Problem, problemsOf } from '../../src/errors.ts';
import { readState } from '../../src/reconcile/input/state.ts';
import { decodeText } from '../../src/reconcile/input/text.ts';

const raw = {
  version: 4,
  terraform_version: '1.11.4',
  serial: 7,
  lineage: '5c4a2f0e',
  outputs: {},
  resources: [
    {
      module: 'module.a["x"]',
      mode: 'managed',
      type: 'browserstack_team',
      name: 't',
      provider: 'module.a.provider["registry.terraform.io/browserstack-iac/browserstack"].emea',
      instances: [
        { index_key: 'p.q', schema_version: 0, attributes: { name: 'Payments' } },
        { index_key: 1, schema_version: 0, attributes: { name: 'Search' } },
        { deposed: '0a1b', schema_version: 0, attributes: { name: 'Old' } },
      ],
    },
    { mode: 'data', type: 'browserstack_team', name: 'd', provider: 'x', instances: [{ attributes: {} }] },
    {
      mode: 'managed',
      type: 'browserstack_service_account',
      name: 'ci',
      provider: 'provider["registry.opentofu.org/browserstack-iac/browserstack"]',
      instances: [{ schema_version: 0, attributes: { identifier: 'ci', username: 'ci_1' } }],
    },
  ],
};
const team = (address: string, name: string) => ({
  address,
  mode: 'managed',
  type: 'browserstack_team',
  values: { name },
});
const shown = {
  format_version: '1.0',
  terraform_version: '1.11.4',
  values: {
    root_module: {
      resources: [
        team('browserstack_team.a', 'A'),
        { ...team('data.browserstack_team.d', 'D'), mode: 'data' },
      ],
      child_modules: [
        {
          address: 'module.m',
          resources: [team('module.m.browserstack_team.b', 'B'), { ...team('x', 'X'), deposed_key: '0' }],
          child_modules: [{ address: 'module.m.module.n', resources: [team('module.m.module.n.c', 'C')] }],
        },
      ],
    },
  },
};

const problemOf = (document: unknown): Problem => {
  try {
    readState(typeof document === 'string' ? document : JSON.stringify(document), 'it');
  } catch (thrown) {
    return problemsOf(thrown)[0] as Problem;
  }
  throw new Error('it was read');
};

describe('a state', () => {
  it('is read as the file that the engine keeps, with modules, keys and provider configurations', () => {
    expect(readState(JSON.stringify(raw), 'it')).toEqual([
      {
        address: 'module.a["x"].browserstack_team.t["p.q"]',
        type: 'browserstack_team',
        provider: 'browserstack.emea',
        values: { name: 'Payments' },
      },
      {
        address: 'module.a["x"].browserstack_team.t[1]',
        type: 'browserstack_team',
        provider: 'browserstack.emea',
        values: { name: 'Search' },
      },
      {
        address: 'browserstack_service_account.ci',
        type: 'browserstack_service_account',
        provider: 'browserstack',
        values: { identifier: 'ci', username: 'ci_1' },
      },
    ]);
  });

  it('is read as the engine shows it, modules in modules', () => {
    const addresses = readState(JSON.stringify(shown), 'it').map(({ address }) => address);
    expect(addresses.sort()).toEqual([
      'browserstack_team.a',
      'module.m.browserstack_team.b',
      'module.m.module.n.c',
    ]);
    expect(readState('{"format_version":"1.0"}', 'it')).toEqual([]);
    expect(readState(JSON.stringify({ ...raw, resources: [] }), 'it')).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a plan', { format_version: '1.2', planned_values: {} }, 'It is a plan'],
    ['a plan without values', { format_version: '1.2', resource_changes: [] }, 'It is a plan'],
    [
      'an encrypted state',
      { meta: {}, encrypted_data: 'AAAA', encryption_version: 'v0' },
      'tofu state pull |',
    ],
    [
      'a state of long ago',
      { version: 3, terraform_version: '0.11.0', modules: [] },
      'terraform show -json |',
    ],
    ['a configuration', { resource: {} }, 'It is neither a state nor a plan'],
    ['a plan as it streams', '{"@level":"info"}\n{"@level":"info"}\n', 'one a line'],
    [
      'output of the wrapper of a CI action',
      `[command]/opt/terraform-bin show -json\n${JSON.stringify(shown)}`,
      'terraform_wrapper: false',
    ],
    ['nothing', '', 'It is empty.'],
    ['a list', [], 'not an object'],
    ['something else', 'resource "x" {}', 'It is not JSON.'],
  ])('is not %s, and that is what is said', (_, document, said) => {
    const problem = problemOf(document);
    expect(problem).toMatchObject({ code: 'invalid_input', summary: 'it is not a state' });
    expect(problem.detail).toContain(said);
  });

  it('never advises to write to the file that was given', () => {
    for (const document of [
      '',
      '{}',
      '[]',
      'x',
      { format_version: '1', planned_values: {} },
      { encrypted_data: '' },
    ])
      expect(problemOf(document).message).not.toMatch(/>\s*\S/u);
  });

  it('is invalid when it is nested beyond reason, however deep', () => {
    let module: object = { resources: [] };
    for (let depth = 0; depth < 150; depth += 1) module = { child_modules: [module] };
    expect(problemOf({ format_version: '1.0', values: { root_module: module } }).code).toBe('invalid_input');
    const deep = `${'{"child_modules":['.repeat(20_000)}{}${']}'.repeat(20_000)}`;
    expect(problemOf(`{"format_version":"1.0","values":{"root_module":${deep}}}`).detail).toContain(
      'levels deep',
    );
  });
});

/** Somewhere in `document` something else. */
function mutated(document: unknown, at: number, instead: unknown): unknown {
  let count = 0;
  const visit = (json: unknown): unknown => {
    count += 1;
    if (count === at) return instead;
    if (Array.isArray(json)) return json.map(visit);
    if (typeof json !== 'object' || json === null) return json;
    return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, visit(value)]));
  };
  return visit(document);
}

const key = JSON.parse(readFileSync(new URL('../fixtures/managed-key.json', import.meta.url), 'utf8'));

describe('whatever was changed in a state', () => {
  it('it is read, or refused in words: never an internal error, never half a date', () => {
    const documents = [raw, shown, { ...raw, resources: [key] }];
    fc.assert(
      fc.property(fc.constantFrom(...documents), fc.nat(80), fc.jsonValue(), (document, at, instead) => {
        try {
          for (const managed of managedKeys(readState(JSON.stringify(mutated(document, at, instead)), 'it')))
            if ('schedule_base' in managed) {
              expect(Number.isNaN(Date.parse(managed.schedule_base))).toBe(false);
              expect(Number.isNaN(Date.parse(managed.rotation_due_at ?? managed.schedule_base))).toBe(false);
            }
        } catch (thrown) {
          for (const problem of problemsOf(thrown))
            expect(problem.code, problem.message).toBe('invalid_input');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the text of a file', () => {
  const text = '{"name":"Ünïcödé 😀"}';
  const utf16 = (order: 'le' | 'be', mark: boolean) => {
    const bytes = Buffer.from(mark ? `\uFEFF${text}` : text, 'utf16le');
    return order === 'le' ? bytes : bytes.swap16();
  };

  it('is UTF-8 or UTF-16, marked or not', () => {
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\uFEFF${text}`),
      utf16('le', true),
      utf16('be', true),
      utf16('le', false),
      utf16('be', false),
    ])
      expect(decodeText(bytes, 'it')).toBe(text);
  });

  it('is named when it is none', () => {
    const said = (bytes: Uint8Array) => {
      try {
        decodeText(bytes, 'it');
      } catch (thrown) {
        return (thrown as Problem).message;
      }
      throw new Error('it was read');
    };
    expect(said(Buffer.from([0x7b, 0xff, 0x7d]))).toContain('UTF-8');
    expect(said(Buffer.from('PK\u0003\u0004…'))).toContain('plan -out');
  });
});
