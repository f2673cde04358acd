import type { AnyAttribute, Attributes } from '../schema/attribute.ts';
import type { Block, Schema } from '../schema/schema.ts';
import type { Type } from '../schema/type.ts';

/** The part of a page that lists attributes: required, optional, read-only; nested ones in sections below. */
export function schemaSection(schema: Pick<Schema, 'attributes' | 'blocks'>): string {
  return ['## Schema', ...lists(schema.attributes, schema.blocks, '', '###')].join('\n\n');
}

/** A type as people say it. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'bool':
      return 'Boolean';
    case 'list':
    case 'set':
    case 'map':
      return `${capitalized(type.kind)} of ${typeName(type.element)}`;
    default:
      return capitalized(type.kind);
  }
}

function lists(
  attributes: Attributes,
  blocks: Schema['blocks'] = {},
  path: string,
  heading: string,
): readonly string[] {
  const groups = [
    ['Required', ({ options }: AnyAttribute) => 'required' in options],
    ['Optional', ({ options }: AnyAttribute) => 'optional' in options],
    ['Read-Only', ({ options }: AnyAttribute) => !('required' in options) && !('optional' in options)],
  ] as const;
  const sorted = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  const listed = groups.flatMap(([title, belongs]) => {
    const lines = sorted
      .filter(([, attribute]) => belongs(attribute))
      .map(([name, attribute]) => line(name, attribute, path));
    return lines.length === 0 ? [] : [`${heading} ${title}`, lines.join('\n')];
  });
  const nested = sorted.flatMap(([name, { nested: inner }]) =>
    inner === undefined ? [] : section(join(path, name), inner.attributes, undefined),
  );
  const inBlocks = Object.entries(blocks).flatMap(([name, block]) =>
    section(join(path, name), block.attributes, block),
  );
  return [...listed, ...nested, ...inBlocks];
}

function section(path: string, attributes: Attributes, block: Block | undefined): readonly string[] {
  return [
    `<a id="${anchor(path)}"></a>`,
    `### Nested Schema for \`${path}\``,
    ...(block === undefined ? [] : [block.description]),
    ...lists(attributes, block?.blocks, path, '####'),
  ];
}

function line(name: string, attribute: AnyAttribute, path: string): string {
  const { options, nested } = attribute;
  const traits = [
    nested === undefined ? typeName(attribute.type) : nestedName(nested.nesting),
    options.sensitive && 'Sensitive',
    'writeOnly' in options && options.writeOnly && 'Write-only',
    options.deprecated && 'Deprecated',
  ].filter(Boolean);
  const sentences = [
    options.description,
    'default' in options && `Defaults to \`${JSON.stringify(options.default)}\`.`,
    options.requiresReplace === true && 'Changing it replaces the object.',
    options.deprecated && `**Deprecated:** ${options.deprecated}`,
    nested && `See [below](#${anchor(join(path, name))}).`,
  ].filter(Boolean);
  return `- \`${name}\` (${traits.join(', ')}) ${sentences.join(' ')}`;
}

function nestedName(nesting: string): string {
  return nesting === 'single' ? 'Attributes' : `Attributes ${capitalized(nesting)}`;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function anchor(path: string): string {
  return `nested--${path.replaceAll('.', '--')}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
