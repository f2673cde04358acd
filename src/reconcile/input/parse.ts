// Text into expressions: strings of a JSON configuration, and what stands in their `${…}`.

import { type Expression, type Step, Unsupported } from './expression.ts';

/** @throws Unsupported */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text);
  const expression = parser.expression();
  parser.end();
  return expression;
}

/**
 * A string of a JSON configuration, or the inside of a quoted one: text (with `$${` and `%%{` unescaped) and what stands
 * in `${…}`.
 * @throws Unsupported for directives and for what cannot be parsed.
 */
export function parseTemplate(text: string): Expression {
  const parts: Expression[] = [];
  let literal = '';
  const push = () => {
    if (literal !== '') parts.push({ kind: 'literal', value: literal });
    literal = '';
  };
  for (let at = 0; at < text.length; ) {
    const three = text.slice(at, at + 3);
    if (three === '$${' || three === '%%{') {
      literal += three.slice(1);
      at += 3;
    } else if (three.startsWith('%{')) {
      throw new Unsupported(text.slice(at));
    } else if (three.startsWith('${')) {
      push();
      const end = endOfInterpolation(text, at + 2);
      if (end === undefined) throw new Unsupported(text.slice(at));
      parts.push(inside(text.slice(at, end + 1)));
      at = end + 1;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  push();
  const [only, ...others] = parts;
  if (only === undefined) return { kind: 'literal', value: '' };
  return others.length === 0 ? only : { kind: 'template', parts };
}

/** `name = value`, one after the other, with comments between them. @throws Unsupported */
export function parseAssignments(text: string): readonly (readonly [string, Expression])[] {
  const parser = new Parser(withoutComments(text));
  const assignments: (readonly [string, Expression])[] = [];
  while (!parser.isAtEnd()) assignments.push(parser.assignment());
  return assignments;
}

/** Comments outside of quotes become spaces. */
function withoutComments(text: string): string {
  return text.replace(/"(?:\\.|[^"\\])*"|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//gu, (found) =>
    found.startsWith('"') ? found : ' ',
  );
}

/** `${…}` with its marks; an error names all of it. */
function inside(interpolation: string): Expression {
  try {
    return parseExpression(interpolation.slice(2, -1));
  } catch (error) {
    if (error instanceof Unsupported) throw new Unsupported(interpolation);
    throw error;
  }
}

/** Where the brace that closes an interpolation stands; quotes and braces inside it are skipped. */
function endOfInterpolation(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfQuoted(text, at);
      if (end === undefined) return undefined;
      at = end;
    } else if (character === '{') depth += 1;
    else if (character === '}') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return undefined;
}

function endOfQuoted(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
    else if (text.startsWith('${', at) && !text.startsWith('$${', at - 1)) {
      const end = endOfInterpolation(text, at + 2);
      if (end === undefined) return undefined;
      at = end;
    }
  }
  return undefined;
}

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/uy;
const KEYWORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/gsu;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#space();
    return this.#at >= this.#text.length;
  }

  end(): void {
    if (!this.isAtEnd()) throw this.#unsupported();
  }

  assignment(): readonly [string, Expression] {
    this.#space();
    const name = this.#match(IDENTIFIER);
    if (name === undefined) throw this.#unsupported();
    this.#expect('=');
    return [name, this.expression()];
  }

  expression(): Expression {
    this.#space();
    const character = this.#text[this.#at];
    if (character === '"') return this.#quoted();
    if (character === '[') return this.#list();
    if (character === '{') return this.#object();
    const number = this.#match(NUMBER);
    if (number !== undefined) return { kind: 'literal', value: Number(number) };
    const start = this.#at;
    const name = this.#match(IDENTIFIER);
    if (name === undefined) throw this.#unsupported();
    if (Object.hasOwn(KEYWORDS, name) && this.#text[this.#at] !== '.')
      return { kind: 'literal', value: KEYWORDS[name] ?? null };
    if (this.#take('(')) return this.#call(name);
    return this.#reference(name, start);
  }

  #call(name: string): Expression {
    if (name !== 'toset') throw this.#unsupported();
    const of = this.expression();
    this.#expect(')');
    return { kind: 'set', of };
  }

  #reference(root: string, start: number): Expression {
    const steps: Step[] = [];
    for (;;) {
      if (this.#take('.')) {
        const name = this.#match(IDENTIFIER) ?? this.#match(/\d+/uy);
        if (name === undefined) throw this.#unsupported();
        steps.push(/^\d+$/u.test(name) ? { index: Number(name) } : name);
      } else if (this.#take('[')) {
        const index = this.expression();
        if (index.kind !== 'literal' || (typeof index.value !== 'string' && typeof index.value !== 'number'))
          throw this.#unsupported();
        this.#expect(']');
        steps.push({ index: index.value });
      } else break;
    }
    return { kind: 'reference', root, steps, text: this.#text.slice(start, this.#at).trim() };
  }

  #quoted(): Expression {
    const end = endOfQuoted(this.#text, this.#at);
    if (end === undefined) throw this.#unsupported();
    const raw = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return parseTemplate(raw.replace(ESCAPE, (whole) => this.#unescaped(whole)));
  }

  #unescaped(written: string): string {
    const code = written.slice(1);
    const known = ESCAPES[code];
    if (known !== undefined) return known;
    const point = /^[uU]/u.test(code) ? Number.parseInt(code.slice(1), 16) : Number.NaN;
    if (!(point <= 0x10ffff)) throw this.#unsupported();
    return String.fromCodePoint(point);
  }

  #list(): Expression {
    this.#expect('[');
    const items: Expression[] = [];
    while (!this.#take(']')) {
      items.push(this.expression());
      if (!this.#take(',')) {
        this.#expect(']');
        break;
      }
    }
    return { kind: 'list', items };
  }

  #object(): Expression {
    this.#expect('{');
    const entries: [Expression, Expression][] = [];
    while (!this.#take('}')) {
      this.#space();
      const bare = this.#match(IDENTIFIER);
      const key: Expression = bare === undefined ? this.expression() : { kind: 'literal', value: bare };
      if (!this.#take('=')) this.#expect(':');
      entries.push([key, this.expression()]);
      this.#take(',');
    }
    return { kind: 'object', entries };
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #take(token: string): boolean {
    this.#space();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw this.#unsupported();
  }

  #space(): void {
    while (/\s/u.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #unsupported(): Unsupported {
    return new Unsupported(this.#text);
  }
}
