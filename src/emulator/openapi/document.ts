// The API in the words of OpenAPI 3.1, made from the operations themselves, so that it cannot tell another story.

import { type Behaviours, resolveBehaviours } from '../behaviours/index.ts';
import type { Operation } from '../http/operation.ts';
import { hubCommands } from '../hub/documented.ts';
import { operations } from '../routes/index.ts';
import type { JsonSchema } from '../storage/checked-json.ts';
import { described } from './operation.ts';
import { headers } from './responses.ts';
import { schemas } from './schemas.ts';
import { describedCommand } from './webdriver.ts';

export interface DocumentOptions {
  /** The switches in force; the lenient mode's unless told otherwise. */
  readonly behaviours?: Behaviours;
  /** Where it is served. Never the address of the real service: tools take their base URL from it. */
  readonly server?: string;
}

/** The document of the calls that these switches serve. */
export function openApiDocument({
  behaviours = resolveBehaviours('lenient'),
  server = 'http://localhost:4000',
}: DocumentOptions = {}): JsonSchema {
  const served = operations.filter((operation) => operation.served?.(behaviours) ?? true);
  return {
    openapi: '3.1.0',
    info: {
      title: 'BrowserStack account management, as the local BrowserStack serves it',
      version: '1',
      description:
        "Written from BrowserStack's public documentation; not a document of BrowserStack. Each operation says how certain its form is (x-certainty) and which page it stands on (x-source). It tells what this server enforces, with its switches as they stand.",
      license: { name: 'MPL-2.0', identifier: 'MPL-2.0' },
    },
    servers: [{ url: server, description: 'A local BrowserStack, not the real one.' }],
    security: [{ basic: [] }],
    tags: tagsOf(served).map((name) => ({ name })),
    paths: byPath([
      ...served.map((operation) => [operation, described(operation, behaviours, served)] as const),
      ...hubCommands.map((command) => [command, describedCommand(command)] as const),
    ]),
    components: {
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic', description: 'BrowserStack user name and access key.' },
      },
      headers,
      schemas: schemas(behaviours),
    },
  };
}

function tagsOf(served: readonly Operation[]): string[] {
  return [...new Set([...served.map(({ tag }) => tag), ...hubCommands.map(({ tag }) => tag)])];
}

interface Placed {
  readonly method: string;
  readonly path: string;
}

function byPath(calls: readonly (readonly [Placed, JsonSchema])[]): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const [{ method, path }, description] of calls) {
    const methods = paths[path] ?? {};
    paths[path] = { ...methods, [method.toLowerCase()]: description };
  }
  return paths;
}
