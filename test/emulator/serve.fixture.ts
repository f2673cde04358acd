// A process of its own that can be killed: listens, keeps its organization in the file it is given, says where.

import { createLocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { seed } from './organization.ts';

const dataFile = process.argv[2];
if (dataFile === undefined) throw new Error('usage: serve.fixture.ts DATA_FILE');
const stack = await createLocalBrowserStack({ seed, rateLimit: 'off', dataFile });
const { url } = await stack.listen();
process.stdout.write(`${url}\n`);
