// What should be, read from a synthesized stack: only our own resources, only what can be understood without
// Terraform. Whatever cannot be understood is a problem with an address, never a guess.

import { closest, distance } from 'fastest-levenshtein';
import { Problem, problemsOf, throwProblems } from '../../errors.ts';
import type { JsonObject } from '../canonical.ts';
import { referencesIn, unsupported } from './evaluate.ts';
import {
  chooseProvider,
  type OrganizationChoice,
  objectsIn,
  type ProviderConfiguration,
  providerConfigurations,
  providerReference,
} from './providers.ts';
import type { StackFile } from './stack.ts';

/** One resource block as written: templates unevaluated, meta-arguments taken out. */
export interface DesiredObject {
  readonly address: string;
  readonly type: string;
  readonly body: JsonObject;
  /** Addresses it refers to or waits for; only ones of this stack. */
  readonly dependsOn: readonly string[];
  /** Attributes whose differences do not count, or all of them. */
  readonly ignoreChanges: readonly string[] | 'all';
  readonly preventDestroy: boolean;
}

/** A resource of ours that has no meaning without a state, such as a rotation. */
export interface LeftAlone {
  readonly address: string;
  readonly reason: string;
}

export interface Desired {
  readonly objects: readonly DesiredObject[];
  readonly leftAlone: readonly LeftAlone[];
  /** Arguments of the provider block of this organization; values that only Terraform can evaluate are still in it. */
  readonly provider: JsonObject;
}

const META = new Set([
  '//',
  'count',
  'for_each',
  'depends_on',
  'lifecycle',
  'provider',
  'provisioner',
  'connection',
]);

/**
 * @param providerName Local name of the provider, e.g. `browserstack`: the prefix of its types.
 * @param types All types of the provider, and whether they are planned; the others are left alone, and listed.
 * @param choice Which organization is meant, where the stack has several; the others are left alone, and listed.
 * @throws Problem(s), all of the stack at once, with addresses.
 */
export function readDesired(
  files: readonly StackFile[],
  providerName: string,
  types: ReadonlyMap<string, boolean>,
  choice: OrganizationChoice = {},
): Desired {
  const problems: Problem[] = [];
  const blocks = files.flatMap((file) => resourceBlocks(file, `${providerName}_`, problems));
  const addresses = new Set(blocks.map(({ address }) => address));
  const provider = providerOf(files, blocks, providerName, choice, problems);
  const objects: DesiredObject[] = [];
  const leftAlone: LeftAlone[] = [];
  for (const block of blocks) {
    const { address, type, body } = block;
    const reference = referenceOf(block, providerName);
    if (provider !== undefined && reference !== provider.reference) {
      leftAlone.push({ address, reason: `it belongs to another organization (${reference})` });
      continue;
    }
    if (!types.has(type)) {
      problems.push(unknownType(address, type, [...types.keys()]));
      continue;
    }
    if (types.get(type) === false) {
      leftAlone.push({ address, reason: `${type} needs Terraform's state` });
      continue;
    }
    problems.push(...metaProblems(block));
    objects.push({
      address,
      type,
      body: Object.fromEntries(Object.entries(body).filter(([name]) => !META.has(name))),
      dependsOn: dependencies(body).filter((other) => other !== address && addresses.has(other)),
      ...lifecycleOf(body),
    });
  }
  problems.push(...twice(blocks));
  throwProblems(problems);
  return { objects, leftAlone, provider: provider?.body ?? {} };
}

interface Block {
  readonly address: string;
  readonly type: string;
  readonly body: JsonObject;
  readonly file: string;
}

function resourceBlocks({ path, json }: StackFile, prefix: string, problems: Problem[]): readonly Block[] {
  if (json.module !== undefined) problems.push(hiddenInModules(path));
  return objectsIn(json.resource).flatMap((types) =>
    Object.entries(types)
      .filter(([type]) => type.startsWith(prefix))
      .flatMap(([type, named]) =>
        objectsIn(named).flatMap((names) =>
          Object.entries(names).flatMap(([name, bodies]) =>
            objectsIn(bodies).map((body) => ({ address: `${type}.${name}`, type, body, file: path })),
          ),
        ),
      ),
  );
}

function metaProblems({ address, body }: Block): readonly Problem[] {
  const repeats = (['count', 'for_each'] as const).filter((name) => body[name] !== undefined);
  const found = repeats.map((name) => unsupported(name, [address, name]));
  if (body.provisioner !== undefined) found.push(unsupported('provisioner', [address, 'provisioner']));
  return found;
}

function lifecycleOf(body: JsonObject): Pick<DesiredObject, 'ignoreChanges' | 'preventDestroy'> {
  const [lifecycle] = objectsIn(body.lifecycle);
  const ignored = lifecycle?.ignore_changes;
  const names = Array.isArray(ignored) ? ignored.filter((name) => typeof name === 'string') : [];
  return {
    ignoreChanges: ignored === 'all' || names.includes('all') ? 'all' : names,
    preventDestroy: lifecycle?.prevent_destroy === true,
  };
}

function dependencies(body: JsonObject): readonly string[] {
  const explicit = Array.isArray(body.depends_on) ? body.depends_on : [];
  const names = explicit.filter((name) => typeof name === 'string');
  const read = Object.entries(body).filter(([name]) => !META.has(name));
  const referred = read.flatMap(([, json]) => referencesIn(json).map(({ address }) => address));
  return [...new Set([...names.map((name) => name.replace(/^\$\{(.*)\}$/u, '$1')), ...referred])].sort();
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

function referenceOf({ body }: Block, name: string): string {
  return typeof body.provider === 'string' ? providerReference(body.provider, name) : name;
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
  const twice = references.find((reference, index) => references.indexOf(reference) !== index);
  if (twice !== undefined)
    problems.push(
      invalid('Two provider blocks of one name', 'Only one may have no alias, and each alias is unique.', [
        `provider.${twice}`,
      ]),
    );
  const used = [...new Set(blocks.map((block) => referenceOf(block, name)))].sort();
  try {
    return chooseProvider(configurations, used, choice, name);
  } catch (thrown) {
    problems.push(...problemsOf(thrown));
    return undefined;
  }
}

/** What is misspelt would look undeclared, and undeclared objects may be deleted. */
function unknownType(address: string, type: string, known: readonly string[]): Problem {
  const nearest = closest(type, known);
  return invalid(
    'Unknown type',
    `The provider has no ${type}${distance(type, nearest) > 5 ? '.' : `; did you mean ${nearest}?`} There are ${known.join(', ')}.`,
    [address],
  );
}

function hiddenInModules(path: string): Problem {
  return invalid(
    'Modules are not read',
    `${path} calls modules, whose resources only Terraform can see: they would look unmanaged. Plan this stack with Terraform.`,
    ['module'],
  );
}

function invalid(summary: string, detail: string, path: readonly string[]): Problem {
  return new Problem({ code: 'invalid_input', summary, detail, path });
}
