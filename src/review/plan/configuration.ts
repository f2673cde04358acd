// What the configuration in a plan says: which block refers to which, what runs a command, and where the provider is
// pointed. Values are read by name only; a literal key is noticed and never kept.

import { looksLikeKey, type Mask } from '../masking.ts';
import { compared } from './attributes.ts';
import { isObject, type JsonObject, listOf, memberOf, objectOf, objectsOf, tryText } from './json.ts';
import { referencesIn } from './references.ts';

export interface Block {
  /** Names of the module calls that lead to it; empty in the root module. */
  readonly module: readonly string[];
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  /** References of all its arguments, without those of provisioners. */
  readonly references: readonly string[];
  /** References of `for_each` or `count`. */
  readonly repetition: readonly string[];
  readonly provisioners: readonly Provisioner[];
  /** Names of arguments that are written out as literals. */
  readonly literals: ReadonlySet<string>;
  /** What `triggers` is written as, to compare with what is planned; `undefined` unless it is a literal. */
  readonly triggers: ReadonlyMap<string, string> | undefined;
}

export interface Provisioner {
  readonly type: string;
  readonly references: readonly string[];
}

export interface ProviderBlock {
  /** `browserstack`, `browserstack.alias`, `module.x:browserstack`. */
  readonly key: string;
  /** Where the API is: a literal, or the references it is made of. */
  readonly baseUrl:
    | { readonly literal: string | undefined; readonly references: readonly string[] }
    | undefined;
  /** Arguments that are given at all. */
  readonly given: ReadonlySet<string>;
  readonly literalAccessKey: boolean;
  readonly accessKeyReferences: readonly string[];
  readonly organization: string | undefined;
  readonly maxRotations: number | undefined;
  readonly accountChanges: string | undefined;
  readonly burst: number | undefined;
  readonly perMinute: number | undefined;
}

export interface Variable {
  readonly name: string;
  readonly sensitive: boolean;
  readonly hasDefault: boolean;
  readonly defaultLooksLikeKey: boolean;
}

export interface Output {
  readonly name: string;
  readonly references: readonly string[];
}

export interface ModuleCall {
  readonly module: readonly string[];
  readonly name: string;
  /** References of each argument. */
  readonly arguments: ReadonlyMap<string, readonly string[]>;
  /** References of each output inside. */
  readonly outputs: ReadonlyMap<string, readonly string[]>;
}

export interface Configuration {
  readonly providers: readonly ProviderBlock[];
  readonly variables: readonly Variable[];
  readonly outputs: readonly Output[];
  readonly blocks: readonly Block[];
  readonly calls: readonly ModuleCall[];
}

const DEEPEST = 50;

export function configurationOf(json: unknown, mask: Mask): Configuration {
  const { provider_config: providers, root_module: root } = objectOf(json);
  const blocks: Block[] = [];
  const calls: ModuleCall[] = [];
  const used = new Set<string>();
  const open = [{ module: objectOf(root), path: [] as readonly string[] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { module, path } = next;
    for (const resource of objectsOf(module.resources)) {
      blocks.push(blockOf(resource, path, mask));
      used.add(tryText(resource.provider_config_key) ?? '');
    }
    for (const [name, call] of Object.entries(objectOf(module.module_calls))) {
      const inside = objectOf(objectOf(call).module);
      calls.push({
        module: path,
        name,
        arguments: referencesByName(objectOf(call).expressions),
        outputs: new Map(outputsOf(inside).map((output) => [output.name, output.references])),
      });
      if (path.length < DEEPEST) open.push({ module: inside, path: [...path, name] });
    }
  }
  return {
    providers: withoutMadeUp(
      Object.entries(objectOf(providers)).flatMap(([key, one]) => providerOf(key, objectOf(one), mask)),
      used,
    ),
    variables: Object.entries(objectOf(objectOf(root).variables)).map(variableOf),
    outputs: outputsOf(objectOf(root)),
    blocks,
    calls,
  };
}

/** An engine makes up an empty block for each required provider, also where all that are written have an alias. */
function withoutMadeUp(
  blocks: readonly ProviderBlock[],
  used: ReadonlySet<string>,
): readonly ProviderBlock[] {
  const written = blocks.filter(({ key, given }) => given.size > 0 || used.has(key));
  return written.length > 0 ? written : blocks;
}

function blockOf(json: JsonObject, module: readonly string[], mask: Mask): Block {
  const expressions = objectOf(json.expressions);
  const { triggers } = expressions;
  return {
    module,
    mode: tryText(json.mode) ?? 'managed',
    type: tryText(json.type) ?? '',
    name: tryText(json.name) ?? '',
    references: referencesIn(expressions),
    repetition: referencesIn([json.for_each_expression, json.count_expression]),
    provisioners: objectsOf(json.provisioners).map((one) => ({
      type: tryText(one.type) ?? '',
      references: referencesIn(one.expressions),
    })),
    literals: new Set(Object.keys(expressions).filter((name) => isLiteral(expressions[name]))),
    triggers: isLiteral(triggers) ? compared(objectOf(triggers).constant_value, mask) : undefined,
  };
}

function providerOf(key: string, json: JsonObject, mask: Mask): readonly ProviderBlock[] {
  // Mirrors and forks have other hosts; the last part of the source is what people call it.
  const source = tryText(json.full_name) ?? tryText(json.name) ?? '';
  if (source.split('/').at(-1) !== 'browserstack') return [];
  const expressions = objectOf(json.expressions);
  const literal = (name: string) => objectOf(memberOf(expressions, name)).constant_value;
  const text = (name: string) => tryText(literal(name));
  const number = (name: string) =>
    typeof literal(name) === 'number' ? (literal(name) as number) : undefined;
  const written = (name: string) => {
    const value = text(name);
    return value === undefined ? undefined : mask(value);
  };
  return [
    {
      key,
      baseUrl:
        expressions.base_url === undefined
          ? undefined
          : { literal: written('base_url'), references: referencesIn(expressions.base_url) },
      given: new Set(Object.keys(expressions)),
      literalAccessKey: isWritten(expressions.access_key),
      accessKeyReferences: referencesIn(expressions.access_key),
      organization: written('organization'),
      maxRotations: number('max_rotations_per_apply'),
      accountChanges: written('account_changes'),
      burst: number('request_burst'),
      perMinute: number('requests_per_minute'),
    },
  ];
}

/** CDKTF writes every reference as a literal template, with the references beside it. */
function isLiteral(expression: unknown): boolean {
  return isObject(expression) && 'constant_value' in expression && listOf(expression.references).length === 0;
}

function isWritten(expression: unknown): boolean {
  return isLiteral(expression) && tryText(objectOf(expression).constant_value) !== '';
}

function variableOf([name, json]: [string, unknown]): Variable {
  const { default: value, sensitive } = objectOf(json);
  return {
    name,
    sensitive: sensitive === true,
    hasDefault: value !== undefined && value !== null && value !== '',
    defaultLooksLikeKey: typeof value === 'string' && looksLikeKey(value),
  };
}

function outputsOf({ outputs }: JsonObject): readonly Output[] {
  return Object.entries(objectOf(outputs)).map(([name, output]) => ({
    name,
    references: referencesIn(objectOf(output).expression),
  }));
}

function referencesByName(expressions: unknown): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(objectOf(expressions)).map(([name, one]) => [name, referencesIn(one)]));
}
