import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';

/**
 * Checks answers against JSON Schemas. The checker is loaded and each schema compiled at first use: a provider is
 * started several times per command, mostly without sending a request.
 */
export class AnswerChecker {
  readonly #compiled = new WeakMap<object, ValidateFunction>();
  #ajv: Promise<Ajv> | undefined;

  /** Why `body` does not match, naming field and rule but never a value; `undefined` when it matches. */
  async mismatch(schema: object, body: unknown): Promise<string | undefined> {
    const validate = await this.#compile(schema);
    if (validate(body)) return undefined;
    return (validate.errors ?? []).map(describe).join('; ');
  }

  async #compile(schema: object): Promise<ValidateFunction> {
    const known = this.#compiled.get(schema);
    if (known !== undefined) return known;
    this.#ajv ??= import('ajv/dist/2020.js').then(
      ({ Ajv2020 }) =>
        // Schemas are ours, and a test judges them. Judging them here took a third of all the CPU time of a plan.
        new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, validateSchema: false }),
    );
    const validate = (await this.#ajv).compile(schema);
    this.#compiled.set(schema, validate);
    return validate;
  }
}

function describe({ instancePath, message }: ErrorObject): string {
  const field = instancePath === '' ? 'the body' : `field ${instancePath.slice(1).replaceAll('/', '.')}`;
  return `${field} ${message ?? 'is wrong'}`;
}

/** The body as JSON, or `undefined` when it is not JSON: error pages of this API are HTML. */
export function tryParseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether a body has a form that the service itself answers errors in: JSON, or a bare line. A page, or nothing at all,
 * comes from something in between, which does not know what the service did.
 */
export function isOwn(text: string | undefined): boolean {
  const line = (text ?? '').trim();
  return line !== '' && !line.startsWith('<');
}

/** The service's own words in an error body, whichever of its forms they take, on one line; never a page of HTML. */
export function messageOf(body: unknown): string | undefined {
  const message =
    plainText(body) ?? pick(body, 'message') ?? pick(pick(body, 'error'), 'message') ?? pick(body, 'error');
  return typeof message === 'string' ? message.replace(/\s+/gu, ' ').trim().slice(0, 500) : undefined;
}

function plainText(body: unknown): unknown {
  return typeof body === 'string' && body.trim() !== '' && !body.includes('<') ? body : undefined;
}

function pick(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
