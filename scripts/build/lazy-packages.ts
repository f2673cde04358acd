// An esbuild plugin: a package that the source imports dynamically is compiled when it is imported, not when the
// program starts. The bundle stays one file, and the engine reads all of it three to ten times per command: a text in
// it costs next to nothing, while as much code costs 25 ms per megabyte, used or not.

import { isBuiltin } from 'node:module';
import { build as bundle, type Plugin } from 'esbuild';

const NAMESPACE = 'lazy-package';

/** @param within Plugins for what is bundled into each of the texts. */
export const lazyPackages = (within: readonly Plugin[] = []): Plugin => ({
  name: 'lazy-packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, namespace }) => {
      if (kind !== 'dynamic-import' || namespace !== 'file' || isBuiltin(path)) return undefined;
      // As an import statement would find it; that kind is not asked here again.
      const found = await build.resolve(path, { kind: 'import-statement', resolveDir });
      return found.errors.length > 0 ? found : { path: found.path, namespace: NAMESPACE };
    });
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path }) => {
      const { minify = false, target, legalComments } = build.initialOptions;
      const { outputFiles } = await bundle({
        entryPoints: [path],
        bundle: true,
        write: false,
        platform: 'node',
        format: 'cjs',
        minify,
        // Not their names: each would cost a call when the package is loaded.
        plugins: [...within],
        ...(target === undefined ? {} : { target }),
        ...(legalComments === undefined ? {} : { legalComments }),
      });
      return {
        contents: compiledOnDemand(outputFiles[0]?.text ?? '', path.split('node_modules/').at(-1) ?? path),
      };
    });
  },
});

/** A module that is nothing but a text until somebody imports it. The name is what stack traces show. */
function compiledOnDemand(text: string, name: string): string {
  return `
    const { compileFunction } = require('node:vm');
    const options = { filename: ${JSON.stringify(name)} };
    const parameters = ['module', 'exports', 'require', '__filename', '__dirname'];
    const run = compileFunction(${JSON.stringify(text)}, parameters, options);
    run(module, module.exports, require, __filename, __dirname);
  `;
}
