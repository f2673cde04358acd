import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { missing, published } from '../../src/codegen/notes.ts';
import { PAGE_FOLDERS, type Pages, referencePages } from '../../src/codegen/reference-docs.ts';
import type { ProviderSchemas } from '../../src/codegen/schema-json.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import { PROVIDER_ADDRESS } from '../../src/resources/index.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import { listType, stringType } from '../../src/schema/type.ts';
import { reattachTo, serveForReattach } from '../helpers/plugin/reattach.ts';
import { VAULT_ADDRESS, vaultProvider } from '../helpers/stores/vault.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { quiet } from '../provider/toy-provider.ts';
import { definitionOfProduct, runTerraform, terraformVersion } from './product.ts';

const text = (description: string) => attribute.string({ optional: true, description });
const nothing = defineSchema({ description: 'Nothing.', attributes: {} });
const thing = defineSchema({
  description: 'A thing.\nWith a second line.',
  deprecated: 'Use another.',
  attributes: {
    name: attribute.string({ required: true, requiresReplace: true, description: 'Its name.' }),
    secret: attribute.string({ optional: true, sensitive: true, writeOnly: true, description: 'Hush.' }),
    size: attribute.integer({ optional: true, default: 3, description: 'Its size.' }),
    old: attribute.string({ optional: true, deprecated: 'Use `name`.', description: 'Old.' }),
    id: attribute.string({ computed: true, description: 'Its id.' }),
    parts: attribute.listOf(
      { inner: attribute.single({ deep: text('Deep.') }, { optional: true, description: 'Inside.' }) },
      { optional: true, description: 'Its parts.' },
    ),
  },
  blocks: { corner: { nesting: 'list', description: 'A corner.', attributes: { x: text('X.') } } },
});

const toy: ProviderSchemas = {
  name: 'toy',
  schema: nothing,
  resources: [{ type: 'toy_thing', schema: thing }],
  dataSources: [{ type: 'toy_small_thing', schema: nothing }],
  actions: [{ type: 'toy_push', schema: nothing }],
  functions: [
    {
      name: 'join',
      summary: 'Joins',
      description: 'Joins texts.',
      parameters: [{ name: 'with', type: stringType, description: 'Between.', allowNull: true }],
      variadic: { name: 'texts', type: listType(stringType), description: 'Texts.' },
      returns: stringType,
    },
  ],
};

describe('reference pages', () => {
  const pages = referencePages(toy, (path) => (path.startsWith('resources/') ? `# ${path}\n` : undefined));
  const of = (path: string, all: Pages = pages) => all.get(path) ?? `no page ${path}`;

  it('are one per noun and function, in the layout of the registry', () => {
    expect([...pages.keys()].sort()).toEqual([
      'actions/push.md',
      'data-sources/small_thing.md',
      'functions/join.md',
      'index.md',
      'resources/thing.md',
    ]);
    for (const path of pages.keys()) expect(['.', ...PAGE_FOLDERS]).toContain(dirname(path));
  });

  it('say everything about a resource', () => {
    expect(of('resources/thing.md')).toBe(`---
page_title: "toy_thing Resource - toy"
description: |-
  A thing.
---

<!-- Generated from schema, example and notes by npm run generate; edits here are lost. -->

# toy_thing (Resource)

A thing.
With a second line.

~> **Deprecated:** Use another.

## Example Usage

\`\`\`terraform
# resources/toy_thing/resource.tf
\`\`\`

# resources/toy_thing/notes.md

## Schema

### Required

- \`name\` (String) Its name. Changing it replaces the object.

### Optional

- \`old\` (String, Deprecated) Old. **Deprecated:** Use \`name\`.
- \`parts\` (Attributes List) Its parts. See [below](#nested--parts).
- \`secret\` (String, Sensitive, Write-only) Hush.
- \`size\` (Number) Its size. Defaults to \`3\`.

### Read-Only

- \`id\` (String) Its id.

<a id="nested--parts"></a>

### Nested Schema for \`parts\`

#### Optional

- \`inner\` (Attributes) Inside. See [below](#nested--parts--inner).

<a id="nested--parts--inner"></a>

### Nested Schema for \`parts.inner\`

#### Optional

- \`deep\` (String) Deep.

<a id="nested--corner"></a>

### Nested Schema for \`corner\`

A corner.

#### Optional

- \`x\` (String) X.

## Import

\`\`\`shell
# resources/toy_thing/import.sh
\`\`\`
`);
  });

  it('say everything about a function', () => {
    expect(of('functions/join.md')).toContain(`# function: join

Joins texts.

## Signature

\`\`\`text
join(with string, texts list of string...) string
\`\`\`

## Arguments

1. \`with\` (String, may be null) Between.
2. \`texts\` (List of String) Texts.
`);
  });
});

describe('notes', () => {
  it('are published without their stage directions', () => {
    const notes = `Before.

<!-- scene
teams: []
-->
<!-- days 2 -->

\`\`\`terraform key.tf
x
\`\`\`

After.
`;
    expect(published(notes)).toBe('Before.\n\n```terraform\nx\n```\n\nAfter.');
  });

  it('say what they lack', () => {
    expect(missing(undefined, false)).toEqual(['the file itself']);
    expect(missing('## Permissions\n', true)).toEqual(['## Requests', 'a ```console block']);
    expect(missing('## Permissions\n## Requests\n```console\n', true)).toEqual([]);
  });
});

describe('examples', () => {
  const files = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(tf|hcl)$/u.test(path),
  );

  /** Not everything can be imported: there may be nothing at BrowserStack that it stands for. */
  const isImported = (path: string) =>
    definitionOfProduct().resources.some(
      ({ type, importState }) => importState !== undefined && path === `resources/${type}/import.sh`,
    );

  it('exist for everything that the product has', () => {
    const absent: string[] = [];
    const product = definitionOfProduct();
    referencePages(product, (path) => {
      if (files.includes(path)) return 'here';
      // What notes must say is asked below, and only resources can be imported.
      if (path.endsWith('notes.md')) return undefined;
      if (!path.endsWith('import.sh')) absent.push(path);
      else if (isImported(path) && !readdirSync(join('examples', dirname(path))).includes('import.sh'))
        absent.push(path);
      return undefined;
    });
    expect(absent).toEqual([]);
  });

  it('come with notes about everything that calls the API', () => {
    const lacking: string[] = [];
    referencePages(definitionOfProduct(), (path) => {
      // Functions call nothing: their pages say so by themselves.
      if (!path.endsWith('notes.md') || path.startsWith('functions/')) return undefined;
      const notes = existsSync(join('examples', path))
        ? readFileSync(join('examples', path), 'utf8')
        : undefined;
      for (const part of missing(notes, path.startsWith('resources/')))
        lacking.push(`examples/${path}: write ${part}, as in examples/resources/browserstack_team/notes.md`);
      return undefined;
    });
    expect(lacking).toEqual([]);
  });

  it('of imports name the type they stand with', () => {
    for (const type of readdirSync('examples/resources').filter((one) =>
      isImported(`resources/${one}/import.sh`),
    ))
      expect(readFileSync(`examples/resources/${type}/import.sh`, 'utf8')).toContain(
        `terraform import ${type}.`,
      );
  });
});

describeWithTerraform('each example', () => {
  const versions = { action: 1_014, 'ephemeral-resource': 1_010, browserstack_key_delivery: 1_011 };
  const files = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.tf'),
  );

  it.each(files)('is valid: %s', async (path) => {
    const needed = Object.entries(versions).find(([part]) => path.includes(part))?.[1] ?? 0;
    if ((await terraformVersion()) < needed) {
      process.stderr.write(`SKIPPED: this Terraform is too old for examples/${path}\n`);
      return;
    }
    const provider = createProvider(definitionOfProduct(), quiet(systemClock));
    const served = [
      await serveForReattach(provider, PROVIDER_ADDRESS),
      await serveForReattach(
        vaultProvider({ contents: new Map(), refusing: false }, quiet(systemClock)),
        VAULT_ADDRESS,
      ),
    ];
    const env = reattachTo(served);
    const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-example-'));
    try {
      const example = readFileSync(join('examples', path), 'utf8');
      const required = readFileSync('examples/provider/provider.tf', 'utf8');
      await writeFile(join(directory, 'example.tf'), example);
      if (!path.startsWith('provider/')) await writeFile(join(directory, 'provider.tf'), required);
      expect(await runTerraform(directory, env, 'validate')).toContain('The configuration is valid');
      expect(await runTerraform(directory, env, 'fmt', '-check', '-diff')).toBe('');
    } finally {
      for (const { close } of served) close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});
