// One of several processes that share a budget: takes as many turns as it is told, and prints when each may be used.

import { systemClock } from '../../src/clock.ts';
import { SharedBucketStore } from '../../src/http/shared-bucket.ts';
import { TokenBucket } from '../../src/http/token-bucket.ts';

const [file = '', burst, perMinute, count] = process.argv.slice(2);
const store = new SharedBucketStore(file, process.getuid?.(), (message) => {
  throw new Error(message);
});
const bucket = new TokenBucket({ burst: Number(burst), perMinute: Number(perMinute) }, systemClock, store);
const turns = await Promise.all(Array.from({ length: Number(count) }, () => bucket.take()));
process.stdout.write(JSON.stringify(turns.map((turn) => turn?.sendAt)));
