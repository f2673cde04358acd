// Types of the matchers for Vitest: import 'browserstack-iac/testing/vitest' once, beside expect.extend(matchers).

import type { BrowserstackMatchers } from './matchers';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: Vitest declares it so, and both must agree
  interface Assertion<T = any> extends BrowserstackMatchers<T> {}
}
