// The page about engines says the same as the table by which tests are skipped.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FEATURES } from '../helpers/engine.ts';

it('the guide names each feature with the versions that have it', () => {
  const page = readFileSync('docs/guides/engines.md', 'utf8');
  const rows = new Map(
    [...page.matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|/gmu)].map(
      ([, name = '', terraform, tofu]) => [name, [terraform, tofu]] as const,
    ),
  );
  const minor = (version: number | undefined) => (version === undefined ? '–' : `1.${version}`);
  for (const [name, { Terraform, OpenTofu }] of Object.entries(FEATURES))
    expect([name, rows.get(name)]).toEqual([name, [minor(Terraform), minor(OpenTofu)]]);
});
