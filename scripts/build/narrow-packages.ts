// An esbuild plugin: packages whose whole is loaded for a small part of it, cut down to that part. A launch that sends
// a request loads them, and most do nothing else.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'esbuild';

/** undici without fetch, WebSocket, caches and mocks: 43 ms of CPU become 20. */
const UNDICI = `
  Object.assign(require('./lib/dispatcher/dispatcher.js').prototype, require('./lib/api/index.js'));
  exports.EnvHttpProxyAgent = require('./lib/dispatcher/env-http-proxy-agent.js');
`;

/** @param schemas What the program checks answers with: compiled here, instead of by every launch that sends. */
export function narrowPackages(schemas: readonly object[]): Plugin {
  return {
    name: 'narrow-packages',
    setup(build) {
      build.onLoad({ filter: /[\\/]node_modules[\\/]undici[\\/]index\.js$/ }, () => ({ contents: UNDICI }));
      build.onLoad({ filter: /[\\/]node_modules[\\/]ajv[\\/]dist[\\/]2020\.js$/ }, ({ path, suffix }) =>
        suffix === WHOLE ? undefined : { contents: precompiled(schemas), resolveDir: join(path, '..') },
      );
      build.onResolve({ filter: /^whole-ajv$/ }, ({ resolveDir }) => ({
        path: join(resolveDir, '2020.js'),
        suffix: WHOLE,
      }));
    },
  };
}

const WHOLE = '?whole';

/** The compiler's own code for these schemas, found by their text; for any other schema, the compiler. */
function precompiled(schemas: readonly object[]): string {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    code: { source: true },
    schemas: Object.fromEntries(schemas.map((schema, index) => [`schema-${index}`, schema])),
  });
  const names = Object.fromEntries(schemas.map((_, index) => [`validate${index}`, `schema-${index}`]));
  const code = standaloneCode.default(ajv, names);
  const table = schemas.map(
    (schema, index) => `[${JSON.stringify(JSON.stringify(schema))}, exports.validate${index}]`,
  );
  return `${code}
    const known = new Map([${table.join(',')}]);
    exports.Ajv2020 = class {
      constructor(options) { this.options = options; }
      compile(schema) {
        return known.get(JSON.stringify(schema)) ?? new (require('whole-ajv').Ajv2020)(this.options).compile(schema);
      }
    };`;
}

/** The schemas of all answers that the modules of a folder declare. */
export async function answersDeclaredIn(files: readonly string[]): Promise<readonly object[]> {
  const modules: Record<string, unknown>[] = await Promise.all(
    files.map((file) => import(pathToFileURL(file).href)),
  );
  return modules.flatMap((exported) =>
    Object.values(exported).flatMap((endpoint) => {
      const answer = typeof endpoint === 'object' && endpoint !== null && Reflect.get(endpoint, 'answer');
      return typeof answer === 'object' && answer !== null && 'path' in Object(endpoint) ? [answer] : [];
    }),
  );
}
