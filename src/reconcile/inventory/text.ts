// An inventory as text: one object a line, sorted, so that version control merges what two people did.

import { Ajv, type SchemaObject } from 'ajv';
import { Problem } from '../../errors.ts';
import { canonical, isJsonObject, type Json, type JsonObject } from '../canonical.ts';
import { parseDocument } from '../input/document.ts';
import type { EndedObject, Inventory, InventoryChange, OwnedObject } from './inventory.ts';

const FORMAT = 'browserstack-iac/inventory';
const VERSION = 1;

export function inventoryAsText({
  lineage,
  serial,
  organization,
  target,
  objects,
  ended,
}: Inventory): string {
  const head = { format: FORMAT, version: VERSION, lineage, serial, organization, target };
  const fields = Object.entries(head).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  const lines = (name: string, items: readonly JsonObject[]) =>
    items.length === 0
      ? `  "${name}": []`
      : `  "${name}": [\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  return `{\n${[...fields, lines('objects', objects.map(objectAsJson)), lines('ended', ended.map(endedAsJson))].join(',\n')}\n}\n`;
}

/** @throws Problem `invalid_input` for a text that is no inventory of this version. */
export function readInventory(text: string, file: string): Inventory {
  const json = parseDocument(text, file, 'an inventory');
  if (json.format !== FORMAT) throw unusable(file, 'It was not written by this tool.');
  if (json.version !== VERSION)
    throw unusable(
      file,
      `It has version ${canonical(json.version ?? null)}; this tool reads version ${VERSION}.`,
    );
  if (!isInventory(json))
    throw unusable(file, 'A part of it is missing or of the wrong kind: it was changed by hand.');
  const { lineage, serial, organization, target, objects, ended } = json;
  return { lineage, serial, organization, target, objects: objects.map(objectOf), ended };
}

/** What one apply wrote down, and the inventory that it began with. */
export interface JournalSection {
  readonly base: Pick<Inventory, 'lineage' | 'serial'>;
  readonly changes: readonly InventoryChange[];
}

/**
 * What applies that were killed wrote down, one after the other, each behind a line that names its inventory. The last
 * line of each may be half a line; what is no change is passed over.
 */
export function readJournal(text: string): readonly JournalSection[] {
  const sections: { base: JournalSection['base']; changes: InventoryChange[] }[] = [];
  for (const line of text.split('\n')) {
    const json = tryParse(line);
    if (isBase(json)) sections.push({ base: { lineage: json.lineage, serial: json.serial }, changes: [] });
    else if (isChange(json)) sections.at(-1)?.changes.push(changeOf(json));
  }
  return sections;
}

/** For one line of a journal. */
export function changeAsText(change: InventoryChange): string {
  const json = change.change === 'disown' ? change : { ...change, object: objectAsJson(change.object) };
  return JSON.stringify(json);
}

function changeOf(json: StoredChange): InventoryChange {
  return json.change === 'disown' ? json : { ...json, object: objectOf(json.object) };
}

function tryParse(line: string): JsonObject | undefined {
  try {
    const json = JSON.parse(line) as Json;
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function objectAsJson({
  address,
  type,
  name,
  state,
  schemaVersion,
  marks,
  since,
  pending,
}: OwnedObject): JsonObject {
  return {
    address,
    type,
    name,
    state,
    ...(schemaVersion === 0 ? {} : { schema_version: schemaVersion }),
    ...(Object.keys(marks).length === 0 ? {} : { marks }),
    since,
    ...(pending === true ? { pending } : {}),
  };
}

function objectOf({
  address,
  type,
  name,
  state,
  schema_version,
  marks,
  since,
  pending,
}: Stored): OwnedObject {
  const object = {
    address,
    type,
    name,
    state,
    schemaVersion: schema_version ?? 0,
    marks: marks ?? {},
    since,
  };
  return pending === true ? { ...object, pending } : object;
}

function endedAsJson({ type, name, how, at }: EndedObject): JsonObject {
  return { type, name, how, at };
}

interface Stored extends Omit<OwnedObject, 'schemaVersion' | 'marks'> {
  readonly schema_version?: number;
  readonly marks?: OwnedObject['marks'];
}

const text: SchemaObject = { type: 'string' };
const objectSchema: SchemaObject = {
  type: 'object',
  required: ['address', 'type', 'name', 'state', 'since'],
  properties: {
    address: text,
    type: text,
    name: text,
    state: { type: 'object' },
    schema_version: { type: 'integer', minimum: 0 },
    marks: { type: 'object', additionalProperties: { type: 'string', nullable: true } },
    since: text,
    pending: { const: true },
  },
};

const endedSchema: SchemaObject = {
  type: 'object',
  required: ['type', 'name', 'how', 'at'],
  properties: { type: text, name: text, how: { enum: ['deleted', 'replaced'] }, at: text },
};

const inventorySchema: SchemaObject = {
  type: 'object',
  required: ['format', 'version', 'lineage', 'serial', 'organization', 'target', 'objects', 'ended'],
  properties: {
    format: { const: FORMAT },
    version: { const: VERSION },
    lineage: { type: 'string', minLength: 1 },
    serial: { type: 'integer', minimum: 0 },
    organization: { type: 'string', nullable: true },
    target: { type: 'string', nullable: true },
    objects: { type: 'array', items: objectSchema },
    ended: { type: 'array', items: endedSchema },
  },
};

type StoredChange =
  | { readonly change: 'intend' | 'own'; readonly object: Stored }
  | Extract<InventoryChange, { readonly change: 'disown' }>;

const ajv = new Ajv();
const isInventory = ajv.compile<Omit<Inventory, 'objects'> & { readonly objects: readonly Stored[] }>(
  inventorySchema,
);
const isBase = ajv.compile<JournalSection['base']>({
  type: 'object',
  required: ['lineage', 'serial'],
  properties: { lineage: text, serial: { type: 'integer' } },
});
const isChange = ajv.compile<StoredChange>({
  type: 'object',
  required: ['change'],
  oneOf: [
    {
      required: ['object'],
      properties: { change: { enum: ['intend', 'own'] }, object: objectSchema },
    },
    {
      required: ['address'],
      properties: { change: { const: 'disown' }, address: text, ended: endedSchema },
    },
  ],
});

function unusable(file: string, why: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${file} is not an inventory`,
    detail: `${why} Take it from version control again; what a stack owns is never guessed.`,
  });
}
