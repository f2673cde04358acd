// First of all: without its peer this package would fail with the name of a file of its own.

import { TOOLKIT } from './toolkit';

for (const name of [TOOLKIT, 'constructs'])
  try {
    require.resolve(name);
  } catch {
    throw new Error(
      `These constructs need the packages ${TOOLKIT} and constructs, and ${name} is not installed: npm install ${TOOLKIT} constructs. Programs on cdktf import "browserstack-iac", those on its fork import "browserstack-iac/cdktn".`,
    );
  }
