// JSON that knows on which line each of its values stands.

import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

export type Path = readonly (string | number)[];

export class LocatedJson {
  readonly #text: string;
  readonly #file: string;
  readonly #root: Node | undefined;
  readonly #errors: ParseError[] = [];

  constructor(text: string, file: string) {
    this.#text = text.replace(/^\uFEFF/u, '');
    this.#file = file;
    this.#root = parseTree(this.#text, this.#errors, { disallowComments: true, allowTrailingComma: false });
  }

  /** The value; `undefined` where the text is no JSON. */
  get value(): unknown {
    return this.#errors.length > 0 ? undefined : jsonOf(this.#root);
  }

  /** Why it is no JSON, and where: the first error only, because the others follow from it. */
  get error(): { readonly place: string; readonly words: string } | undefined {
    const [first] = this.#errors;
    if (first === undefined) return undefined;
    const code = printParseErrorCode(first.error).replace(/(?<=[a-z])(?=[A-Z])/gu, ' ');
    return { place: this.#placeOf(first.offset), words: code.toLowerCase() };
  }

  /** Members of one name in one object: all but the last would be lost without a word. */
  get doubles(): readonly { readonly name: string; readonly place: string }[] {
    const found: { name: string; place: string }[] = [];
    const open = this.#root === undefined ? [] : [this.#root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const names = new Set<string>();
      for (const child of node.children ?? []) {
        open.push(child);
        if (child.type !== 'property') continue;
        const name = nameOf(child);
        if (names.has(name)) found.push({ name, place: this.#placeOf(child.offset) });
        names.add(name);
      }
    }
    return found;
  }

  /** `policy.json:12`: where a value stands, or the nearest thing around it that is there. */
  place(path: Path): string {
    for (let length = path.length; this.#root !== undefined && length >= 0; length--) {
      const node = findNodeAtLocation(this.#root, path.slice(0, length));
      if (node !== undefined) return this.#placeOf(node.offset);
    }
    return this.#placeOf(0);
  }

  #placeOf(offset: number): string {
    return `${this.#file}:${this.#text.slice(0, offset).split('\n').length}`;
  }
}

function jsonOf(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  const { type, children = [] } = node;
  if (type === 'array') return children.map(jsonOf);
  if (type !== 'object') return node.value;
  return Object.fromEntries(children.map((child) => [nameOf(child), jsonOf(child.children?.[1])]));
}

function nameOf({ children }: Node): string {
  return String(children?.[0]?.value);
}
