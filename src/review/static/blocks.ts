// The blocks of a configuration in Terraform's JSON syntax (and in what HCL is converted to), whichever of the allowed
// forms they are written in: an object, or a list of objects, at each level.

import { isObject, type JsonObject, listOf, objectOf } from '../plan/json.ts';

export interface Block {
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
}

/** One configuration, out of all of its files. */
export type ConfigurationFiles = readonly JsonObject[];

/** Blocks with two labels: `resource`, `data`, `ephemeral`. */
export function labelledTwice(files: ConfigurationFiles, kind: string): readonly Block[] {
  return bodies(files, kind).flatMap((byType) =>
    Object.entries(byType).flatMap(([type, named]) =>
      asBodies(named).flatMap((byName) =>
        Object.entries(byName).flatMap(([name, body]) =>
          asBodies(body).map((one) => ({ type, name, body: one })),
        ),
      ),
    ),
  );
}

/** Blocks with one label: `variable`, `output`, `module`, `provider`. */
export function labelledOnce(files: ConfigurationFiles, kind: string): readonly Omit<Block, 'type'>[] {
  return bodies(files, kind).flatMap((byName) =>
    Object.entries(byName).flatMap(([name, body]) => asBodies(body).map((one) => ({ name, body: one }))),
  );
}

/** Blocks without a label: `terraform`, `moved`, `removed`, `import`. */
export function bodies(files: ConfigurationFiles, kind: string): readonly JsonObject[] {
  return files.flatMap((file) => asBodies(file[kind]));
}

function asBodies(json: unknown): readonly JsonObject[] {
  return isObject(json) ? [json] : listOf(json).filter(isObject);
}

/** What a provisioner is, and what it runs. */
export function provisionersOf(
  body: JsonObject,
): readonly { readonly type: string; readonly body: JsonObject }[] {
  return asBodies(body.provisioner).flatMap((byType) =>
    Object.entries(byType).flatMap(([type, one]) => asBodies(one).map((inner) => ({ type, body: inner }))),
  );
}

/** Arguments that are no values: they say how a block is treated. */
const META: ReadonlySet<string> = new Set([
  '//',
  'count',
  'for_each',
  'depends_on',
  'lifecycle',
  'provider',
  'provisioner',
  'connection',
]);

export function argumentsOf(body: JsonObject): readonly (readonly [string, unknown])[] {
  return Object.entries(objectOf(body)).filter(([name]) => !META.has(name));
}
