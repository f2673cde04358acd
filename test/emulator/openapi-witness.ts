// Holds answers against an OpenAPI document: every status, media type, header and body that comes must stand in it.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

export interface Documented {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: {
    readonly headers: Readonly<Record<string, { readonly required?: boolean }>>;
    readonly schemas: object;
  };
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly DocumentedParameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

export interface DocumentedParameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly required?: boolean;
  readonly schema: { readonly type?: string };
}

interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Schemas are the same for most positions of the switches, and compiling one takes longer than an answer. */
const validators = new Map<string, ValidateFunction>();
const ajv = new Ajv2020({ strict: false, validateSchema: false });

export class Witness {
  readonly #document: Documented;
  readonly #schemas: string;
  readonly #found = new WeakMap<object, ValidateFunction>();
  readonly #patterns: readonly { readonly path: string; readonly pattern: RegExp }[];

  constructor(document: object) {
    // A document is of this shape by the specification of OpenAPI.
    this.#document = document as Documented;
    this.#schemas = JSON.stringify(this.#document.components.schemas);
    // A path without names in it wins over one that has them.
    this.#patterns = Object.keys(this.#document.paths)
      .sort((a, b) => Number(a.includes('{')) - Number(b.includes('{')))
      .map((path) => ({
        path,
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      }));
  }

  /** What is wrong with an answer; undefined when nothing is, or when the document does not have the call. */
  complaint(method: string, pathname: string, answered: Answered): string | undefined {
    const path = this.#patterns.find(({ pattern }) => pattern.test(pathname))?.path;
    const operation = path === undefined ? undefined : this.#document.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) return undefined;
    const { status, headers, text } = answered;
    const where = `${method} ${pathname} ${status}`;
    const response = operation.responses[String(status)];
    if (response === undefined) return `${where} is not in the document`;
    for (const [header, { $ref }] of Object.entries(response.headers ?? {}))
      if (this.#header($ref)?.required === true && !headers.has(header))
        return `${where} lacks the header ${header}`;
    if (response.content === undefined) return text === '' ? undefined : `${where} has a body: ${text}`;
    const media = headers.get('content-type')?.split(';')[0] ?? 'no media type';
    const schema = response.content[media]?.schema;
    if (schema === undefined) return `${where}: ${media} is not in the document`;
    if (media !== 'application/json') return undefined;
    const validate = this.#validator(schema);
    if (validate(JSON.parse(text))) return undefined;
    return `${where} does not fit the document: ${ajv.errorsText(validate.errors)} in ${text}`;
  }

  /** Whether a value is what a schema of the document says. */
  fits(schema: object, value: unknown): boolean {
    return this.#validator(schema)(value);
  }

  #header($ref: string) {
    return this.#document.components.headers[$ref.split('/').at(-1) ?? ''];
  }

  #validator(schema: object): ValidateFunction {
    const found = this.#found.get(schema) ?? this.#compiled(schema);
    this.#found.set(schema, found);
    return found;
  }

  #compiled(schema: object): ValidateFunction {
    const key = `${JSON.stringify(schema)} ${this.#schemas}`;
    const known = validators.get(key);
    if (known !== undefined) return known;
    const { schemas } = this.#document.components;
    const compiled = ajv.compile({ ...schema, components: { schemas } });
    validators.set(key, compiled);
    return compiled;
  }
}
