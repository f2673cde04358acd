import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import commons from '@cdktf/commons';
import generator from '@cdktf/provider-generator';
import type { JsonObject } from './schema-json.ts';

export interface ConstructsOptions {
  /** Full source address, as in the schema document. */
  readonly address: string;
  /** Version of the provider; the constructs ask for exactly the one they were made from. */
  readonly version: string;
}

/** Writes CDKTF bindings (L1) for the provider of a schema document: one folder per type, and an index. */
export async function writeConstructs(
  directory: string,
  schema: JsonObject,
  { address, version }: ConstructsOptions,
): Promise<void> {
  const [, namespace, name] = address.split('/');
  if (namespace === undefined || name === undefined) throw new Error(`not a full address: ${address}`);
  const code = new generator.CodeMaker();
  const target = new commons.ConstructsMakerProviderTarget(
    new commons.TerraformProviderConstraint({ name, source: `${namespace}/${name}`, version }),
    // The first language of the list is TypeScript.
    commons.LANGUAGES[0]!,
  );
  new generator.TerraformProviderGenerator(code, {
    ...schema,
    provider_versions: { [address]: version },
  }).generate(target);
  const scratch = await mkdtemp(join(tmpdir(), 'browserstack-iac-constructs-'));
  try {
    await code.save(scratch);
    const produced = join(scratch, 'providers', name);
    for (const entry of await readdir(produced, { withFileTypes: true, recursive: true })) {
      // A lazy index only suits packages with hundreds of types, and the read-mes say nothing.
      if (!entry.isFile() || entry.name !== 'index.ts') continue;
      const folder = entry.parentPath.slice(produced.length);
      await cp(join(entry.parentPath, entry.name), join(directory, folder, entry.name));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
