// Which blocks of the configuration hang on which: followed through variables and outputs of modules, and through
// ephemeral resources. Local values cannot be followed: no plan says what they are made of.

import type { Block, Configuration, ModuleCall } from '../plan/configuration.ts';
import { type Reference, tryReference } from '../plan/references.ts';

/** A managed block that is referred to, and what of it. */
export interface Target {
  readonly block: string;
  /** Absent when all of it is referred to. */
  readonly attribute: string | undefined;
  /** By way of an ephemeral resource, which reads the key itself. */
  readonly ephemeral: boolean;
}

export interface Links {
  /** What a block refers to, provisioners included. */
  readonly of: (block: Block) => LinksOf;
  /** What the arguments of a block refer to under these references alone. */
  readonly follow: (references: readonly string[], module: readonly string[]) => LinksOf;
}

export interface LinksOf {
  readonly targets: readonly Target[];
  /** It also refers to a local value, which may stand for anything. */
  readonly local: boolean;
}

/** `module.a.module.b.type.name`: a block, whatever its instances. */
export function blockId(module: readonly string[], type: string, name: string): string {
  return [...module.flatMap((call) => ['module', call]), type, name].join('.');
}

export function linksIn({ blocks, calls }: Configuration): Links {
  const ephemeral = new Map(
    blocks
      .filter(({ mode }) => mode === 'ephemeral')
      .map((block) => [blockId(block.module, block.type, block.name), block]),
  );
  const callsById = new Map(calls.map((call) => [moduleId([...call.module, call.name]), call]));
  const world = { ephemeral, callsById };
  const follow = (references: readonly string[], module: readonly string[]) => {
    const walk = new Walk(world);
    walk.all(references, module, []);
    return { targets: walk.targets, local: walk.local };
  };
  return {
    follow,
    of: ({ references, provisioners, repetition, module }) => {
      const all = [...references, ...provisioners.flatMap((one) => one.references)];
      // `each.value` stands for what the repetition refers to.
      return follow(all.some((one) => one.startsWith('each.')) ? [...all, ...repetition] : all, module);
    },
  };
}

interface World {
  readonly ephemeral: ReadonlyMap<string, Block>;
  readonly callsById: ReadonlyMap<string, ModuleCall>;
}

function moduleId(path: readonly string[]): string {
  return path.join('\0');
}

class Walk {
  readonly targets: Target[] = [];
  local = false;
  readonly #seen = new Set<string>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  all(references: readonly string[], module: readonly string[], via: readonly string[]): void {
    // Terraform lists `a.b.c` and `a.b`; the longer one says all.
    const known = new Set(references);
    for (const text of references) {
      const key = `${moduleId(module)}\0${text}`;
      if (this.#seen.has(key) && via.length === 0) continue;
      this.#seen.add(key);
      const reference = tryReference(text);
      if (reference === undefined || isPrefix(text, known)) continue;
      this.#one(reference, module, via);
    }
  }

  #one(reference: Reference, module: readonly string[], via: readonly string[]): void {
    switch (reference.kind) {
      case 'local':
        this.local = true;
        return;
      case 'each':
        return;
      case 'object':
        this.#object(reference, module, via);
        return;
      case 'variable': {
        const call = module.length === 0 ? undefined : this.#world.callsById.get(moduleId(module));
        const given = call?.arguments.get(reference.name);
        if (given !== undefined) this.#deeper(given, module.slice(0, -1), via, `var ${reference.name}`);
        return;
      }
      case 'module': {
        const inside = [...module, reference.name];
        const outputs = this.#world.callsById.get(moduleId(inside))?.outputs;
        const given =
          reference.output === undefined
            ? [...(outputs?.values() ?? [])].flat()
            : outputs?.get(reference.output);
        if (given !== undefined) this.#deeper(given, inside, via, `module ${reference.name}`);
        return;
      }
    }
  }

  #object(
    { mode, type, name, attribute }: Extract<Reference, { kind: 'object' }>,
    module: readonly string[],
    via: readonly string[],
  ): void {
    const block = blockId(module, type, name);
    if (mode === 'managed') {
      this.targets.push({ block, attribute, ephemeral: via.includes('ephemeral') });
      return;
    }
    const opened = this.#world.ephemeral.get(block);
    // Whatever of ours an ephemeral resource is made from, it hands on the key of that.
    if (opened !== undefined && type.startsWith('browserstack_'))
      this.#deeper(opened.references, module, [...via, 'ephemeral'], `ephemeral ${name}`);
  }

  #deeper(
    references: readonly string[],
    module: readonly string[],
    via: readonly string[],
    step: string,
  ): void {
    if (via.length < 20 && !via.includes(step)) this.all(references, module, [...via, step]);
  }
}

/** A shorter form of another reference of the same expression. */
function isPrefix(text: string, all: ReadonlySet<string>): boolean {
  for (const other of all)
    if (other.length > text.length && /^[.[]/u.test(other.slice(text.length)) && other.startsWith(text))
      return true;
  return false;
}
