import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';

// At run time nobody judges them any more: it would cost every command a tenth of a second.

const root = fileURLToPath(new URL('../../src/resources', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /wire\.ts$/u.test(name),
);
const endpoints = (await Promise.all(files.map(answersOf))).flat();

it.each(endpoints)('the answer to %s is described by a JSON Schema', (_name, schema) => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  void ajv.validateSchema(schema);
  expect(ajv.errors ?? []).toEqual([]);
});

async function answersOf(file: string): Promise<readonly (readonly [string, object])[]> {
  const exported: Record<string, unknown> = await import(join(root, file));
  return Object.entries(exported).flatMap(([name, endpoint]) => {
    const described = typeof endpoint === 'object' && endpoint !== null && 'answer' in endpoint;
    return described ? [[`${file}: ${name}`, endpoint.answer as object] as const] : [];
  });
}
