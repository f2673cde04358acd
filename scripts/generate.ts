// npm run generate: writes everything in this repository that follows from the schemas. With --check it only compares.

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnosticsPage } from '../src/codegen/diagnostics-page.ts';
import { type Generator, generate, outdated } from '../src/codegen/generated-files.ts';
import { policyPage } from '../src/codegen/policy-page.ts';
import { writeProtocol } from '../src/codegen/protocol.ts';
import { PAGE_FOLDERS, referencePages } from '../src/codegen/reference-docs.ts';
import { schemaJson } from '../src/codegen/schema-json.ts';
import { behavioursPage } from '../src/emulator/behaviours/page.ts';
import { openApiDocument } from '../src/emulator/openapi/document.ts';
import { surroundings } from '../src/entry/surroundings.ts';
import { VERSION } from '../src/entry/version.ts';
import { policySchema } from '../src/policy/policy-schema.ts';
import { browserstackProvider, PROVIDER_ADDRESS } from '../src/resources/index.ts';
import { reviewSchema } from '../src/review/output/json-schema.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const provider = browserstackProvider(surroundings());
const schema = schemaJson(PROVIDER_ADDRESS, provider);
const pages = referencePages(provider, (path) => {
  const example = join(root, 'examples', path);
  return existsSync(example) ? readFileSync(example, 'utf8') : undefined;
});

const generators: readonly Generator[] = [
  {
    target: 'docs/provider-schema.json',
    write: (path) => writeFile(path, `${JSON.stringify(schema, null, 2)}\n`),
  },
  {
    target: 'docs/review/review.schema.json',
    write: (path) => writeFile(path, `${JSON.stringify(reviewSchema, null, 2)}\n`),
  },
  {
    target: 'docs/review/policy.schema.json',
    write: (path) => writeFile(path, `${JSON.stringify(policySchema, null, 2)}\n`),
  },
  { target: 'docs/guides/diagnostics.md', write: (path) => writeFile(path, diagnosticsPage()) },
  { target: 'docs/review/policy-rules.md', write: (path) => writeFile(path, policyPage()) },
  {
    target: 'constructs/generated',
    write: async (path) => {
      // Loading cdktf's generator starts `terraform version`; nothing it says or asks for matters here.
      process.env.CHECKPOINT_DISABLE = '1';
      process.env.TF_CLI_CONFIG_FILE = '';
      const { writeConstructs } = await import('../src/codegen/constructs.ts');
      await writeConstructs(path, schema, { address: PROVIDER_ADDRESS, version: VERSION });
    },
  },
  {
    target: 'src/tfplugin/generated',
    write: async (path) => writeProtocol(path, root, process.env),
  },
  {
    target: 'docs/local-browserstack/openapi.json',
    write: (path) => writeFile(path, `${JSON.stringify(openApiDocument(), null, 2)}\n`),
  },
  {
    target: 'docs/local-browserstack/behaviours.md',
    write: (path) => writeFile(path, behavioursPage()),
  },
  { target: 'docs/index.md', write: (path) => writeFile(path, pages.get('index.md') ?? '') },
  ...PAGE_FOLDERS.map((folder) => ({
    target: `docs/${folder}`,
    write: async (path: string) => {
      await mkdir(path);
      for (const [name, text] of pages)
        if (dirname(name) === folder) await writeFile(join(path, basename(name)), text);
    },
  })),
];

if (process.argv.includes('--check')) {
  const differing = await outdated(root, generators);
  for (const path of differing) process.stderr.write(`not as generated: ${path}\n`);
  if (differing.length > 0) process.stderr.write('Run `npm run generate` and commit what it writes.\n');
  process.exitCode = differing.length === 0 ? 0 : 1;
} else {
  await generate(root, generators);
}
