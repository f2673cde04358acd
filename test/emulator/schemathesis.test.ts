// The same question as in conformance.test.ts, asked by a tool of other makers: schemathesis makes requests out of the
// served document, thousands of them. It is Python's; without it this is skipped, and conformance.test.ts stands alone.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import type { Behaviours } from '../../src/emulator/behaviours/index.ts';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { seed } from './organization.ts';

const TOOL = process.env.SCHEMATHESIS ?? 'schemathesis';
const missing = spawnSync(TOOL, ['--version']).status !== 0;
if (missing)
  process.stderr.write(`SKIPPED: schemathesis is not on this machine (pip install schemathesis)\n`);

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'missing_required_header',
  'ignored_auth',
];

const switches: Readonly<Record<string, Partial<Behaviours>>> = {
  'as they stand': {},
  'one way': {
    'unauthorized-answer': 'json',
    'throttled-answer': 'retry-after',
    'delete-answer': 'no-content',
    'duplicate-team': '409',
    'extra-fields': 'some',
    'team-answer-field': 'both',
    'role-refused': '404',
    'listed-key': 'hidden',
    'bad-list-parameter': '400',
    update: 'put',
  },
  'the other way': {
    'unauthorized-answer': 'plain',
    'throttled-answer': 'json',
    'delete-answer': 'empty',
    'delete-unknown': '200',
    'duplicate-team': '200',
    'team-answer-field': 'status_code',
    'unknown-team': '404',
    'parameters-in': 'query',
    'bad-list-parameter': 'ignore',
    'identifier-length': 'unlimited',
  },
};

describe.skipIf(missing)('schemathesis', () => {
  let stack: LocalBrowserStack | undefined;
  let directory: string | undefined;
  afterEach(async () => {
    await stack?.close();
    if (directory !== undefined) await rm(directory, { recursive: true });
  });
  const patience = { timeout: 300_000 };
  test.each(Object.entries(switches))(
    'finds no fault with the switches %s',
    patience,
    async (_, behaviours) => {
      const organization = { ...seed.organization, parallels: { automate: 100_000 } };
      stack = await createLocalBrowserStack({ seed: { ...seed, organization }, behaviours, rateLimit: 200 });
      const { url } = await stack.listen();
      directory = await mkdtemp(join(tmpdir(), 'schemathesis-'));
      const child = spawn(
        TOOL,
        [
          ...['run', `${url}/_local/openapi.json`, '--url', url, '--auth', 'olivia:olivia-key', '--no-color'],
          ...[
            '--phases',
            'coverage,fuzzing',
            '--max-examples',
            '5',
            '--seed',
            '1',
            '--checks',
            CHECKS.join(','),
          ],
          // Rotations would lock the tool out.
          ...['--exclude-path-regex', 'recycle_key'],
        ],
        { cwd: directory, stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      expect(code, output).toBe(0);
      expect(output).toMatch(/\d{3,} generated/);
      expect(stack.requests().filter(({ status }) => status === 200).length).toBeGreaterThan(50);
    },
  );
});
