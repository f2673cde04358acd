// Types of the matchers for Jest: import 'browserstack-iac/testing/jest' once, beside expect.extend(matchers).

import type { BrowserstackMatchers } from './matchers';

declare global {
  namespace jest {
    interface Matchers<R> extends BrowserstackMatchers<R> {}
  }
}
