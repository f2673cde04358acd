import { defineConfig } from 'vitest/config';
import { testFiles } from './test/projects.ts';

const { unit, engine } = testFiles();

/** All that do not need a package of cdktf itself: its null provider, its command line, this package as installed. */
const onCdktn = [...unit, ...engine].filter(
  (file) =>
    file.startsWith('test/constructs/') &&
    !/\/(consumer|hooks|key-delivery-example|null-resource|twin)\.test/u.test(file),
);

export default defineConfig({
  test: {
    // Real Terraform runs are heavy, and the build machines have two cores.
    maxWorkers: 2,
    pool: 'forks',
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'test-results.json' }]] : ['default'],
    // Not seen here: what runs in a process of its own, above all src/entry, and src/codegen, whose product is compared.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/tfplugin/generated/**', 'src/entry/**'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'node_modules/.cache/coverage',
      thresholds: { lines: 93, branches: 85 },
    },
    projects: [
      { extends: true, test: { name: 'unit', include: [...unit], testTimeout: 30_000, hookTimeout: 30_000 } },
      {
        extends: true,
        test: { name: 'engine', include: [...engine], testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        // The constructs once more, on the living fork of cdktf.
        extends: true,
        resolve: { alias: [{ find: /^cdktf(?=$|\/)/u, replacement: 'cdktn' }] },
        test: { name: 'cdktn', include: [...onCdktn], testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
