// The document is what the server does: whatever it says may be sent is sent, and what it says must not be sent too,
// by every kind of caller, with every switch in every position; each answer must stand in the document.

import { describe, expect, test } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import { type Behaviour, type Behaviours, behaviourCatalogue } from '../../src/emulator/behaviours/index.ts';
import {
  createLocalBrowserStack,
  type LocalBrowserStack,
  type LocalBrowserStackOptions,
} from '../../src/emulator/local-browserstack.ts';
import {
  type Documented,
  type DocumentedOperation,
  type DocumentedParameter,
  Witness,
} from './openapi-witness.ts';
import { seed } from './organization.ts';

/** Texts that some parameter takes and another refuses. */
const TEXTS = [
  ...[
    '',
    ' ',
    'a',
    'ab',
    'abc',
    ' padded ',
    '\u00a0',
    'Web',
    'Mobile',
    'Acme Inc.',
    'nightly_1',
    'webci_1',
    'é€😀',
  ],
  ...[
    'x'.repeat(40),
    'x'.repeat(41),
    'x'.repeat(255),
    'x'.repeat(256),
    '😀'.repeat(255),
    'tab\there',
    'nul\0',
    '\u0085',
  ],
  ...[
    'a@b',
    '@',
    'uma@example.com',
    'olivia@example.com',
    'a b@c',
    'user',
    'admin',
    'owner',
    'king',
    'user,admin',
    ',',
    'active',
  ],
  ...['automate', 'automate,percy', 'browser_testing', 'teleport', 'running', 'done', 'timeout'],
  ...['0', '1', '-1', '100', '101', '1.5', '1e3', '0x10', '01'],
  ...['2026-01-31', '2026-02-30', '2026-1-1', '2026-01-31T00:00:00Z', '0000-01-01'],
];
const FEW = TEXTS.filter((_, index) => index % 6 === 0);
const CALLERS = {
  owner: 'olivia:olivia-key',
  'org admin': 'oscar:oscar-key',
  'team admin': 'tara:tara-key',
  user: 'uma:uma-key',
  'service account': 'mobileci_1:mobile-ci-key',
  'a disabled person': 'dora:dora-key',
  nobody: 'olivia:wrong',
  'who gives nothing': undefined,
} as const;

const people = [
  ...seed.users,
  { username: 'dora', access_key: 'dora-key', role: 'user', status: 'disabled' } as const,
];
const organizations = {
  enterprise: { ...seed, users: people },
  'without the API': {
    ...seed,
    users: people,
    organization: { ...seed.organization, api_enabled: false, rbac: false },
  },
};

interface Sample {
  readonly text: string;
  /** False when the document says that it must not be sent. */
  readonly valid: boolean;
}

interface Started {
  readonly stack: LocalBrowserStack;
  readonly witness: Witness;
}

class Examination {
  readonly #options: LocalBrowserStackOptions;
  readonly complaints = new Set<string>();
  sent = 0;
  constructor(options: LocalBrowserStackOptions) {
    this.#options = options;
  }

  async run(texts: readonly string[]): Promise<void> {
    let stack = await this.#start();
    const served = await stack.fetch(new Request('http://localhost/_local/openapi.json'));
    // The document is of this shape by the specification of OpenAPI.
    const document = (await served.json()) as Documented;
    const witness = new Witness(document);
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(methods)) {
        await this.#examine({ stack, witness }, path, method.toUpperCase(), operation, texts);
        // None is examined in the ruins of another.
        if (method !== 'get') stack = await this.#start();
      }
  }

  #start(): Promise<LocalBrowserStack> {
    const clock = new ManualClock('2026-03-01T12:00:00Z');
    return createLocalBrowserStack({ rateLimit: 'off', ...this.#options, clock });
  }

  async #examine(
    { stack, witness }: Started,
    path: string,
    method: string,
    operation: DocumentedOperation,
    texts: readonly string[],
  ) {
    const { parameters = [], requestBody } = operation;
    const samples = new Map(parameters.map((parameter) => [parameter, samplesOf(witness, parameter, texts)]));
    const usual = new Map(
      parameters.map((parameter) => [
        parameter,
        samples.get(parameter)?.find(({ valid }) => valid)?.text ?? 'abc',
      ]),
    );
    const ask = async (
      credentials: string | undefined,
      values: ReadonlyMap<DocumentedParameter, string | undefined>,
      body?: { readonly type: string; readonly text: string },
    ): Promise<number> => {
      const query = new URLSearchParams();
      let target = path;
      for (const [parameter, text] of values) {
        if (text === undefined) continue;
        if (parameter.in === 'query') query.set(parameter.name, text);
        else target = target.replace(`{${parameter.name}}`, encodeURIComponent(text));
      }
      const headers = new Headers();
      if (credentials !== undefined) headers.set('Authorization', `Basic ${btoa(credentials)}`);
      if (body !== undefined) headers.set('Content-Type', body.type);
      const init = { method, headers, ...(body === undefined ? {} : { body: body.text }) };
      const request = new Request(`http://localhost${target}?${query}`, init);
      this.sent += 1;
      // A switch that drops answers drops them.
      const response = await stack.fetch(request).catch(() => undefined);
      if (response === undefined) return 0;
      const answered = { status: response.status, headers: response.headers, text: await response.text() };
      const complaint = witness.complaint(method, target, answered);
      if (complaint !== undefined) this.complaints.add(complaint.slice(0, 300));
      return response.status;
    };
    const accepted = (status: number) => status >= 200 && status < 300;

    for (const parameter of parameters)
      for (const { text, valid } of samples.get(parameter) ?? []) {
        const status = await ask(CALLERS.owner, new Map(usual).set(parameter, text));
        if (!valid && accepted(status))
          this.complaints.add(`${method} ${path} takes ${parameter.name}=${JSON.stringify(text)}: ${status}`);
      }
    for (const parameter of parameters.filter(({ required, in: place }) => required && place === 'query')) {
      const status = await ask(
        CALLERS.owner,
        new Map<DocumentedParameter, string | undefined>(usual).set(parameter, undefined),
      );
      if (accepted(status))
        this.complaints.add(`${method} ${path} does without ${parameter.name}: ${status}`);
    }
    for (const [type, { schema }] of Object.entries(requestBody?.content ?? {}))
      for (const text of BODIES) {
        const status = await ask(CALLERS.owner, usual, { type, text });
        // An empty body is none.
        const wrong = type === 'application/json' && text !== '' && !fits(witness, schema, text);
        if (wrong && accepted(status))
          this.complaints.add(`${method} ${path} takes the body ${text}: ${status}`);
      }
    for (const caller of Object.values(CALLERS)) await ask(caller, usual);
  }
}

const BODIES = [
  ...[
    '',
    '{',
    'null',
    '7',
    '[]',
    '{}',
    '"text"',
    '{"name":"Payments","products":["automate"]}',
    'name=x&products=y',
  ],
  ...[
    '{"name":7,"products":["automate"]}',
    '{"name":" ","products":["automate"]}',
    '{"name":"Payments","products":[]}',
  ],
  ...['{"name":"Payments","products":["automate"],"access":"none"}', '{"name":"Payments","products":[1]}'],
  ...[
    '{"name":"Payments","products":["automate"],"description":null}',
    `{"name":"${'x'.repeat(256)}","products":["a"]}`,
  ],
  ...[
    '{"capabilities":[]}',
    '{"desiredCapabilities":[null]}',
    '{"capabilities":{}}',
    '{"capabilities":7}',
    '{"url":"https://example.com"}',
    '{"url":7}',
    '{"script":"return 1","args":[]}',
  ],
  '{"capabilities":{"alwaysMatch":{"bstack:options":{"userName":"nightly_1","accessKey":"nightly-key"}}}}',
];

function fits(witness: Witness, schema: object, text: string): boolean {
  try {
    return witness.fits(schema, JSON.parse(text));
  } catch {
    return false;
  }
}

/** What the document says of each text. Of a few nobody can say what they are. */
function samplesOf(
  witness: Witness,
  { schema, in: place }: DocumentedParameter,
  texts: readonly string[],
): Sample[] {
  if (place === 'path') return texts.filter((text) => text !== '').map((text) => ({ text, valid: true }));
  const isList = schema.type === 'array';
  return texts
    .filter((text) => !isList || text !== '')
    .map((text) => {
      const value = isList ? text.split(',') : schema.type === 'integer' ? integerOf(text) : text;
      return { text, valid: witness.fits(schema, value) };
    });
}

function integerOf(text: string): unknown {
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

async function examine(options: LocalBrowserStackOptions, texts: readonly string[]): Promise<void> {
  const examination = new Examination(options);
  await examination.run(texts);
  expect(examination.sent).toBeGreaterThan(300);
  expect([...examination.complaints]).toEqual([]);
}

describe.each(Object.entries(organizations))('an organization %s', (_, organization) => {
  test.each(['lenient', 'strict'] as const)('%s, every text', async (mode) => {
    await examine({ seed: organization, mode }, TEXTS);
  });
});

test('under the limits of the service', async () => {
  await examine({ seed: organizations.enterprise, rateLimit: 'real' }, TEXTS);
});

describe('every switch in every other position', () => {
  const positions = behaviourCatalogue.flatMap((behaviour: Behaviour) => {
    const others = 'choices' in behaviour ? behaviour.choices : [1, behaviour.maximum];
    return others
      .filter((value) => value !== behaviour.default)
      .map(
        (value) =>
          [`${behaviour.name}=${value}`, { [behaviour.name]: value } as Partial<Behaviours>] as const,
      );
  });
  test.each(positions)('%s', async (_, behaviours) => {
    await examine({ seed: organizations.enterprise, behaviours }, FEW);
    await examine({ seed: organizations['without the API'], behaviours, rateLimit: 'real' }, ['abc']);
  });
});
