import { request as send } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { openApiDocument } from '../../src/emulator/openapi/document.ts';
import { operations } from '../../src/emulator/routes/index.ts';
import type { Documented } from './openapi-witness.ts';
import { organization, seed } from './organization.ts';

let stack: LocalBrowserStack | undefined;
afterEach(async () => {
  await stack?.close();
  stack = undefined;
});

describe('the document', () => {
  test('is served, for the switches in force', async () => {
    const lenient = await organization();
    const served = (await lenient.ask(undefined, 'GET /_local/openapi.json')).body;
    expect(served).toEqual(openApiDocument({ server: '/' }));
    const strict = await organization({ mode: 'strict' });
    const { paths } = (await strict.ask(undefined, 'GET /_local/openapi.json')).body;
    expect(paths).not.toHaveProperty('/user/create_service_account');
  });
  test('names every operation once, with certainty and source', () => {
    const ids = operations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // The document is of this shape by the specification of OpenAPI.
    const { paths } = openApiDocument() as unknown as Documented;
    const documented = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(documented.length).toBeGreaterThan(40);
    for (const operation of documented)
      expect(operation).toMatchObject({
        operationId: expect.stringMatching(/^\w+$/),
        'x-certainty': expect.any(String),
        'x-source': expect.any(String),
        tags: [expect.any(String)],
        summary: expect.any(String),
      });
  });
  test.each(['127.0.0.1', 'localhost', 'acme.localhost'])(
    'names the address it was asked at, %s, never that of the real service',
    async (name) => {
      stack = await createLocalBrowserStack({ seed });
      const port = Number(new URL((await stack.listen()).url).port);
      const text = await new Promise<string>((resolve, reject) => {
        const headers = { Host: `${name}:${port}` };
        const request = send(
          { host: '127.0.0.1', port, path: '/_local/openapi.json', headers },
          (response) => {
            let body = '';
            response.on('data', (chunk) => {
              body += chunk;
            });
            response.on('end', () => resolve(body));
          },
        );
        request.on('error', reject);
        request.end();
      });
      expect(JSON.parse(text).servers.map(({ url }: { url: string }) => url)).toEqual([
        `http://${name}:${port}`,
      ]);
      expect(text).not.toMatch(/https:\/\/[\w-]*\.?browserstack\.com/);
    },
  );
  test('in the repository, the address of a local BrowserStack', () => {
    expect(JSON.stringify(openApiDocument())).not.toMatch(/https:\/\/[\w-]*\.?browserstack\.com/);
    expect(openApiDocument()).toMatchObject({ servers: [{ url: 'http://localhost:4000' }] });
  });
});
