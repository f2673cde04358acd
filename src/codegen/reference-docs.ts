// Reference pages follow from the schemas: what a page says and what the provider does cannot come apart.

import { schemaSection, typeName } from './attribute-docs.ts';
import { published } from './notes.ts';
import type { Described, FunctionSchema, ParameterSchema, ProviderSchemas } from './schema-json.ts';

/** Pages by path below `docs`, in the layout of the Terraform registry. */
export type Pages = ReadonlyMap<string, string>;

/**
 * Text of an example file below `examples`, e.g. `resources/demo_thing/resource.tf`; nothing when there is none.
 * Examples are files of their own, so that a test can hand them to Terraform.
 */
export type Examples = (path: string) => string | undefined;

interface Kind {
  /** Folder of its pages, and of its examples. */
  readonly folder: string;
  readonly title: string;
  readonly file: string;
}

const KINDS = {
  resources: { folder: 'resources', title: 'Resource', file: 'resource.tf' },
  dataSources: { folder: 'data-sources', title: 'Data Source', file: 'data-source.tf' },
  ephemeralResources: {
    folder: 'ephemeral-resources',
    title: 'Ephemeral Resource',
    file: 'ephemeral-resource.tf',
  },
  actions: { folder: 'actions', title: 'Action', file: 'action.tf' },
  listResources: { folder: 'list-resources', title: 'List Resource', file: 'list-resource.tfquery.hcl' },
} satisfies Record<string, Kind>;

/** Folders below `docs` that hold nothing but these pages. */
export const PAGE_FOLDERS: readonly string[] = [
  ...Object.values(KINDS).map(({ folder }) => folder),
  'functions',
];

export function referencePages(provider: ProviderSchemas, examples: Examples): Pages {
  const pages = new Map([['index.md', providerPage(provider, examples)]]);
  for (const [name, kind] of Object.entries(KINDS))
    for (const noun of provider[name as keyof typeof KINDS] ?? []) // the keys of KINDS, which entries() forgets
      pages.set(`${kind.folder}/${bare(noun.type)}.md`, nounPage(provider.name, noun, kind, examples));
  for (const one of provider.functions ?? [])
    pages.set(`functions/${one.name}.md`, functionPage(provider.name, one, examples));
  return pages;
}

function providerPage({ name, schema }: ProviderSchemas, examples: Examples): string {
  return page(`${name} Provider`, schema.description, [
    `# ${name} Provider`,
    schema.description,
    example(examples('provider/provider.tf')),
    notes(examples('provider/notes.md')),
    schemaSection(schema),
  ]);
}

function nounPage(
  provider: string,
  { type, schema }: Described,
  { folder, title, file }: Kind,
  examples: Examples,
): string {
  const imported = examples(`${folder}/${type}/import.sh`);
  return page(`${type} ${title} - ${provider}`, schema.description, [
    `# ${type} (${title})`,
    schema.description,
    schema.deprecated && `~> **Deprecated:** ${schema.deprecated}`,
    example(examples(`${folder}/${type}/${file}`)),
    notes(examples(`${folder}/${type}/notes.md`)),
    schemaSection(schema),
    imported && `## Import\n\n\`\`\`shell\n${imported.trim()}\n\`\`\``,
  ]);
}

function functionPage(provider: string, one: FunctionSchema, examples: Examples): string {
  const parameters = [...one.parameters, ...(one.variadic ? [one.variadic] : [])];
  const signature = [
    ...one.parameters.map(({ name, type }) => `${name} ${typeName(type).toLowerCase()}`),
    ...(one.variadic ? [`${one.variadic.name} ${typeName(one.variadic.type).toLowerCase()}...`] : []),
  ].join(', ');
  return page(`${one.name} Function - ${provider}`, one.summary, [
    `# function: ${one.name}`,
    one.description,
    example(examples(`functions/${one.name}/function.tf`)),
    `## Signature\n\n\`\`\`text\n${one.name}(${signature}) ${typeName(one.returns).toLowerCase()}\n\`\`\``,
    parameters.length > 0 && `## Arguments\n\n${parameters.map(argument).join('\n')}`,
    notes(examples(`functions/${one.name}/notes.md`)),
    '## Permissions and requests\n\nNone: a function asks nothing of BrowserStack and needs no provider block.',
  ]);
}

function argument({ name, type, description, allowNull }: ParameterSchema, index: number): string {
  return `${index + 1}. \`${name}\` (${typeName(type)}${allowNull ? ', may be null' : ''}) ${description}`;
}

function page(title: string, description: string, parts: readonly (string | undefined | false)[]): string {
  const [first = ''] = description.split('\n');
  const head = `---\npage_title: ${JSON.stringify(title)}\ndescription: |-\n  ${first}\n---`;
  const note = '<!-- Generated from schema, example and notes by npm run generate; edits here are lost. -->';
  return `${[head, note, ...parts.filter(Boolean)].join('\n\n')}\n`;
}

function example(text: string | undefined): string | undefined {
  return text && `## Example Usage\n\n\`\`\`terraform\n${text.trim()}\n\`\`\``;
}

function notes(text: string | undefined): string | undefined {
  return text && published(text);
}

/** Without the prefix that is the provider's name. */
function bare(type: string): string {
  return type.slice(type.indexOf('_') + 1);
}
