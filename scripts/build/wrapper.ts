// The first lines of the provider's executable, which are a shell script and JavaScript at once. A shell says what is
// missing where there is no Node, which an engine takes for a program of another architecture; then it becomes Node.

import { DEFERRED_CA_CERTS } from '../../src/entry/network.ts';
import { OLDEST_NODE, tooOld } from '../../src/entry/node-version.ts';

const MISSING = `browserstack-iac needs Node ${OLDEST_NODE} or later, and there is no node on PATH: install it (https://nodejs.org), or put its directory on the PATH of the process that runs Terraform or OpenTofu.`;

const shell = [
  `command -v node >/dev/null 2>&1 || { echo '${MISSING}'; exit 1; }`,
  // Node reads this file at every start, at twice the price of the start itself, and needs it only to connect.
  `[ -z "$NODE_EXTRA_CA_CERTS" ] || { export ${DEFERRED_CA_CERTS}="$NODE_EXTRA_CA_CERTS"; unset NODE_EXTRA_CA_CERTS; }`,
  // The shell must not stay between the engine and the plugin: killed, it would leave Node behind.
  'exec node "$0" "$@"',
].join('; ');

/** On stdout, whose first line the engine shows to the user. */
const check = `const OLDEST_NODE=${JSON.stringify(OLDEST_NODE)};${tooOld};{const complaint=tooOld(process.versions.node);if(complaint!==undefined){require("fs").writeSync(1,complaint+"\\n");process.exit(1)}}`;

/** To JavaScript the second line is a string and a comment. */
export const wrapper = `#!/bin/sh\n':' //; ${shell}\n"use strict";${check}`;
