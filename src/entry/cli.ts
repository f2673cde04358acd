#!/usr/bin/env node
// The command line: asks whether this Node will do before anything is loaded that it may not understand.

import { tooOld } from './node-version.ts';

const complaint = tooOld(process.versions.node);
if (complaint === undefined) await import('./command-line.ts');
else {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
}
