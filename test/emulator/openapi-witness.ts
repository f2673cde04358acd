// Every answer the tests of this folder see is held against the OpenAPI document, unless a fault or a switch bent it.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { openApiDocument } from '../../src/emulator/openapi/document.ts';

interface Documented {
  readonly paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
}

const document = openApiDocument();
// The document is of this shape by the specification of OpenAPI.
const { paths } = document as unknown as Documented;
const ajv = new Ajv2020({ strict: false });
ajv.addSchema({ ...document, $id: 'local' });
const patterns = Object.keys(paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));
const validators = new Map<string, ValidateFunction>();

/** Throws when an answer is not as the document has it. Calls that the document does not know are let pass. */
export function witness(
  method: string,
  pathname: string,
  status: number,
  type: string | null,
  body: unknown,
): void {
  const path = patterns.find(({ pattern }) => pattern.test(pathname))?.path;
  const operation = path === undefined ? undefined : paths[path]?.[method.toLowerCase()];
  if (path === undefined || operation === undefined) return;
  const where = `${method} ${pathname} ${status}`;
  const content = operation.responses[String(status)]?.content;
  if (content === undefined) throw new Error(`${where} is not in the OpenAPI document`);
  const media = (type ?? '').split(';')[0] ?? '';
  if (content[media] === undefined) throw new Error(`${where}: ${media} is not in the OpenAPI document`);
  if (media !== 'application/json') return;
  const escaped = (step: string) =>
    step.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
  const pointer = [
    'paths',
    path,
    method.toLowerCase(),
    'responses',
    String(status),
    'content',
    media,
    'schema',
  ];
  const $ref = `local#/${pointer.map(escaped).join('/')}`;
  const validate = validators.get($ref) ?? ajv.compile({ $ref });
  validators.set($ref, validate);
  if (!validate(body))
    throw new Error(`${where} does not fit the OpenAPI document: ${ajv.errorsText(validate.errors)}`);
}
