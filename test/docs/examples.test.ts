// Nothing below examples/ may rot: each file there is run by a test, and this test says which.

import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Which test runs a file. */
const RUN_BY: readonly (readonly [RegExp, string])[] = [
  [
    /^[^/]+\/(browserstack_\w+|\w+)\/(resource|data-source|ephemeral-resource|action|function)\.tf$/u,
    'test/codegen/reference-docs.test.ts',
  ],
  [/^provider\/provider\.tf$/u, 'test/codegen/reference-docs.test.ts'],
  [/^list-resources\/\w+\/list-resource\.tfquery\.hcl$/u, 'test/docs/examples-run.test.ts'],
  [/^resources\/\w+\/import\.sh$/u, 'test/docs/examples-run.test.ts'],
  [/\/notes\.md$/u, 'test/docs/nouns.test.ts'],
  [/^quickstart\//u, 'test/e2e/demo.test.ts'],
  [/^key-delivery\/main\.ts$/u, 'test/constructs/key-delivery-example.test.ts'],
  [/^(key-rotation|rotating-credential)\/main\.ts$/u, 'test/docs/stories.test.ts'],
  [/^pipelines\/(ci|github|gitlab|azure|atlantis|jenkins)\//u, 'test/pipelines/pipelines.test.ts'],
];

it('each example is run by a test that exists', () => {
  const files = readdirSync('examples', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice('examples/'.length));
  const orphans = files.filter((file) => !RUN_BY.some(([pattern]) => pattern.test(file)));
  expect(orphans).toEqual([]);
  expect(RUN_BY.filter(([, test]) => !existsSync(test))).toEqual([]);
});
