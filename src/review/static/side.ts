// One of the two configurations that are compared, as far as it can be known without an engine.

import type { JsonObject } from '../plan/json.ts';
import { argumentsOf, type Block, type ConfigurationFiles, labelledTwice } from './blocks.ts';
import { isKnown, tryWholeReference, unescaped } from './templates.ts';

export class Side {
  /** Of the root module. */
  readonly files: ConfigurationFiles;
  /** Of the modules of the same repository too: they run as much as the root does. */
  readonly all: ConfigurationFiles;
  readonly resources: ReadonlyMap<string, Block>;

  constructor(files: ConfigurationFiles, modules: ConfigurationFiles = []) {
    this.files = files;
    this.all = [...files, ...modules];
    this.resources = new Map(
      labelledTwice(files, 'resource').map((block) => [`${block.type}.${block.name}`, block]),
    );
  }

  /** The arguments of a block that are known, and the names of those that are not. */
  valuesOf({ body }: Block): { readonly values: JsonObject; readonly unknown: readonly string[] } {
    const values: [string, unknown][] = [];
    const unknown: string[] = [];
    for (const [name, written] of argumentsOf(body)) {
      const value = this.#resolved(written);
      if (isKnown(value)) values.push([name, unescaped(value)]);
      else unknown.push(name);
    }
    return { values: Object.fromEntries(values), unknown };
  }

  /** A reference to an argument of another block that is written out there. Once: chains are the engine's business. */
  #resolved(written: unknown): unknown {
    const [type, name, attribute, ...rest] = tryWholeReference(written)?.split('.') ?? [];
    if (attribute === undefined || rest.length > 0) return written;
    const referred = this.resources.get(`${type}.${name}`)?.body;
    return referred !== undefined && Object.hasOwn(referred, attribute) ? referred[attribute] : written;
  }
}
