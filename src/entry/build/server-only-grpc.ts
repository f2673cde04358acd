// An esbuild plugin: @grpc/grpc-js without its client half. Terraform starts the provider three to ten times per
// command and waits for each start, and a server needs neither channels nor load balancers nor a .proto parser.

import path from 'node:path';
import type { Plugin } from 'esbuild';

/** What index.js does for a server: the two resolvers that addresses to listen on need. */
const INDEX = `
  exports.Server = require('./server').Server;
  exports.ServerCredentials = require('./server-credentials').ServerCredentials;
  require('./resolver-uds').setup();
  require('./resolver-ip').setup();
`;

/** Only reached from the services for channel statistics and load reports, which nobody adds. */
const LEFT_OUT = ['./make-client', '@grpc/proto-loader'];
const EMPTY = `module.exports = new Proxy({}, {
  get: (_, name) => { throw new Error('left out of the bundle: ' + String(name)); },
});`;

export const serverOnlyGrpc: Plugin = {
  name: 'server-only-grpc',
  setup(build) {
    const seen = new Set<string>();
    build.onLoad({ filter: /[\\/]@grpc[\\/]grpc-js[\\/]build[\\/]src[\\/]index\.js$/ }, (file) => {
      seen.add('index');
      return { contents: INDEX, resolveDir: path.dirname(file.path) };
    });
    build.onResolve({ filter: /^(\.\/make-client|@grpc\/proto-loader)$/ }, ({ path: name, importer }) => {
      if (!/[\\/]@grpc[\\/]grpc-js[\\/]/.test(importer)) return undefined;
      seen.add(name);
      return { path: name, namespace: 'left-out' };
    });
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: EMPTY }));
    // A later version may be laid out differently: then this must be looked at, not silently do nothing.
    build.onEnd(() => {
      const missing = ['index', ...LEFT_OUT].filter((part) => !seen.has(part));
      if (missing.length > 0)
        throw new Error(`server-only-grpc found no ${missing.join(', ')} in @grpc/grpc-js`);
    });
  },
};
