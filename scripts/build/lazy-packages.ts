// An esbuild plugin: a package that the source imports dynamically is compiled when it is imported, not when the
// program starts. The executable stays one file, and the engine reads all of it three to ten times per command: a text
// in it costs next to nothing, while as much code costs 25 ms per megabyte, used or not.

import { isBuiltin } from 'node:module';
import { build as bundle, type Plugin } from 'esbuild';

const NAMESPACE = 'lazy-package';

/** How a part of an executable is called from within: what the loader hands to each part (loader/loader.ts). */
export const LOAD = 'load_part';

/**
 * @param texts Takes the code of each package, by the name that stack traces show.
 * @param within Plugins for what is bundled into each of them.
 */
export const lazyPackages = (texts: Map<string, string>, within: readonly Plugin[] = []): Plugin => ({
  name: 'lazy-packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, namespace }) => {
      if (kind !== 'dynamic-import' || namespace !== 'file' || isBuiltin(path)) return undefined;
      // As an import statement would find it; that kind is not asked here again.
      const found = await build.resolve(path, { kind: 'import-statement', resolveDir });
      return found.errors.length > 0 ? found : { path: found.path, namespace: NAMESPACE };
    });
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path }) => {
      const { minify = false, target, legalComments, supported } = build.initialOptions;
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
        ...(supported === undefined ? {} : { supported }),
      });
      const name = path.split('node_modules/').at(-1) ?? path;
      texts.set(name, outputFiles[0]?.text ?? '');
      return {
        contents: `${LOAD}(${JSON.stringify(name)})(exports, require, module, __filename, __dirname)`,
      };
    });
  },
});
