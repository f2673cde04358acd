import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../src/emulator/openapi/document.ts';
import { operations } from '../../src/emulator/routes/index.ts';
import { organization } from './organization.ts';

describe('the document', () => {
  test('is served, for the switches in force', async () => {
    const lenient = await organization();
    expect((await lenient.ask(undefined, 'GET /_local/openapi.json')).body).toEqual(openApiDocument());
    const strict = await organization({ mode: 'strict' });
    const { paths } = (await strict.ask(undefined, 'GET /_local/openapi.json')).body;
    expect(paths).not.toHaveProperty('/user/create_service_account');
  });
  test('names every operation once, with certainty and source', () => {
    const ids = operations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const document = JSON.stringify(openApiDocument());
    expect(document.match(/"x-certainty"/g)?.length).toBe(document.match(/"operationId"/g)?.length);
    expect(document.match(/"x-source"/g)?.length).toBe(document.match(/"operationId"/g)?.length);
  });
});
