// What is declared, read from a synthesized stack: only our own resources, only what can be understood without
// Terraform. Whatever cannot be understood is a problem with an address, never a guess.

import { closest, distance } from 'fastest-levenshtein';
import { Problem, problemsOf } from '../../errors.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Json, JsonObject } from '../canonical.ts';
import { type Block, resourceBlocks } from './blocks.ts';
import { BodyReader, expand } from './expand.ts';
import { importsIn, type LifecycleRules, lifecycleOf, movesIn, removalsIn } from './meta.ts';
import {
  chooseProvider,
  type OrganizationChoice,
  objectsIn,
  type ProviderConfiguration,
  providerConfigurations,
  providerReference,
} from './providers.ts';
import { Scope } from './scope.ts';
import type { StackFile } from './stack.ts';
import { variablesOf } from './variables.ts';

/** One object as declared: templates of resources unevaluated, meta-arguments taken out. */
export interface ConfiguredObject extends LifecycleRules {
  readonly address: string;
  readonly type: string;
  readonly body: JsonObject;
  /** Addresses it refers to or waits for; only ones of this stack. */
  readonly dependsOn: readonly string[];
  /** An import block names it: what exists is taken over. */
  readonly imports: boolean;
}

/** A resource that is not planned here. */
export interface Skipped {
  readonly address: string;
  readonly reason: string;
}

export interface ConfiguredStack {
  readonly objects: readonly ConfiguredObject[];
  readonly skipped: readonly Skipped[];
  /** Arguments of the provider block of this organization; values that only Terraform can evaluate are still in it. */
  readonly provider: JsonObject;
  /** `moved` blocks: addresses that were called otherwise before. */
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** `removed` blocks: addresses that are not managed any more, whose objects live on. */
  readonly removed: readonly string[];
  /** Everything in it that cannot be understood, with addresses. */
  readonly problems: readonly Problem[];
}

/** What a reader needs to know of the provider. */
export interface ProviderTypes {
  /** Local name of the provider, e.g. `browserstack`: the prefix of its types. */
  readonly name: string;
  /** All types of the provider. */
  readonly resources: readonly { readonly type: string; readonly schema: Schema }[];
}

/** What is said beside the stack. */
export interface ReadOptions extends OrganizationChoice {
  /** Values of variables; they win over the defaults of the stack. */
  readonly variables?: ReadonlyMap<string, Json>;
}

/** Never throws: what is wrong with the stack is told together with what is wrong about its plan. */
export function readConfigured(
  files: readonly StackFile[],
  { name, resources }: ProviderTypes,
  options: ReadOptions = {},
): ConfiguredStack {
  const problems: Problem[] = [];
  const types = resources.map(({ type }) => type);
  const blocks = files.flatMap((file) => resourceBlocks(file, `${name}_`, problems));
  const provider = providerOf(files, blocks, name, options, problems);
  const scope = scopeOf(files, options, problems);
  const imports = importsIn(files);
  const skipped: Skipped[] = [];
  const objects: ConfiguredObject[] = [];
  problems.push(...twice(blocks));
  for (const block of blocks) {
    const { address, type, body } = block;
    const reference = typeof body.provider === 'string' ? providerReference(body.provider, name) : name;
    if (provider !== undefined && reference !== provider.reference)
      skipped.push({ address, reason: `it belongs to another organization (${reference})` });
    else if (!types.includes(type)) problems.push(unknownType(address, type, types));
    else
      for (const instance of expand(block, scope, problems))
        objects.push({ ...instance, type, ...lifecycleOf(body), imports: imports.has(instance.address) });
  }
  return {
    objects: withKnownDependencies(objects),
    skipped,
    provider: settled(provider?.body ?? {}, scope),
    moved: movesIn(files),
    removed: removalsIn(files),
    problems,
  };
}

/** Only dependencies in this stack count; a block without its instance means all of its instances. */
function withKnownDependencies(objects: readonly ConfiguredObject[]): readonly ConfiguredObject[] {
  const instances = new Map<string, string[]>();
  for (const { address } of objects) {
    const block = address.replace(/\[.*\]$/su, '');
    for (const name of new Set([address, block]))
      instances.set(name, [...(instances.get(name) ?? []), address]);
  }
  return objects.map((object) => ({
    ...object,
    dependsOn: [...new Set(object.dependsOn.flatMap((name) => instances.get(name) ?? []))]
      .filter((address) => address !== object.address)
      .sort(),
  }));
}

/** Arguments whose value is known; the others as they are written, for who connects to judge. */
function settled(body: JsonObject, scope: Scope): JsonObject {
  const reader = new BodyReader(scope, undefined);
  return Object.fromEntries(
    Object.entries(body).map(([name, json]) => {
      try {
        return [name, reader.settle(json)];
      } catch {
        return [name, json]; // It is judged where it is needed, which may be nowhere.
      }
    }),
  );
}

function scopeOf(files: readonly StackFile[], options: ReadOptions, problems: Problem[]): Scope {
  const locals: Record<string, Json> = Object.create(null);
  for (const { json } of files)
    for (const block of objectsIn(json.locals))
      for (const [name, value] of Object.entries(block)) if (name !== '//') locals[name] = value;
  return new Scope(variablesOf(files, options.variables ?? new Map(), problems), locals);
}

function twice(blocks: readonly Block[]): readonly Problem[] {
  const first = new Map<string, Block>();
  return blocks.flatMap((block) => {
    const before = first.get(block.address);
    first.set(block.address, before ?? block);
    if (before === undefined) return [];
    const where = before.file === block.file ? before.file : `${before.file} and ${block.file}`;
    return [invalid('Declared twice', `Found in ${where}; an address is unique.`, [block.address])];
  });
}

function providerOf(
  files: readonly StackFile[],
  blocks: readonly Block[],
  name: string,
  choice: OrganizationChoice,
  problems: Problem[],
): ProviderConfiguration | undefined {
  const written = files.flatMap(({ json }) =>
    objectsIn(json.provider).flatMap((providers) => objectsIn(providers[name])),
  );
  const configurations = providerConfigurations(written, name);
  const references = configurations.map(({ reference }) => reference);
  const repeated = references.find((reference, index) => references.indexOf(reference) !== index);
  if (repeated !== undefined)
    problems.push(
      invalid('Two provider blocks of one name', 'Only one may have no alias, and each alias is unique.', [
        `provider.${repeated}`,
      ]),
    );
  const used = blocks.map(({ body }) =>
    typeof body.provider === 'string' ? providerReference(body.provider, name) : name,
  );
  try {
    return chooseProvider(configurations, [...new Set(used)].sort(), choice, name);
  } catch (thrown) {
    problems.push(...problemsOf(thrown));
    return undefined;
  }
}

/** What is misspelt would look undeclared, and what is owned and undeclared may be deleted. */
function unknownType(address: string, type: string, known: readonly string[]): Problem {
  const nearest = closest(type, [...known]);
  const hint = distance(type, nearest) > 5 ? '.' : `; did you mean ${nearest}?`;
  return invalid('Unknown type', `The provider has no ${type}${hint} There are ${known.join(', ')}.`, [
    address,
  ]);
}

function invalid(summary: string, detail: string, path: readonly string[]): Problem {
  return new Problem({ code: 'invalid_input', summary, detail, path });
}
