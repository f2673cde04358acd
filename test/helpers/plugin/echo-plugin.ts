import { systemClock } from '../../../src/clock.ts';
import { processHost } from '../../../src/entry/host.ts';
import { serve } from '../../../src/tfplugin/serve.ts';
import { ECHO_ADDRESS, echoProvider } from './echo-provider.ts';

// The echo provider as a program. ECHO_FAULT makes the whole program misbehave, `fault` one resource.

const host = processHost();
const provider = echoProvider({
  crash: (planned) => {
    setTimeout(() => {
      const text = `{"@message":1}\nbroken on purpose with ${String(planned.secret)}\n{"@message":1}`;
      const error = new Error(text);
      // Causes may go round in a circle; telling of them must end nevertheless.
      error.cause = error;
      throw error;
    }, 10);
    return new Promise(() => undefined);
  },
  reject: (planned) => {
    void Promise.reject(new Error(`nobody waits for ${String(planned.secret)}`));
    return new Promise(() => undefined);
  },
  noise: () => {
    console.log('x'.repeat(200_000));
    console.error('{"@message":1}');
    process.stderr.write('{"@message":1}\n');
  },
  nan: (planned) => {
    planned.delay = Number.NaN;
  },
  extra: (planned) => {
    planned.surprise = 'not in the schema';
  },
});

void serve({
  provider,
  address: ECHO_ADDRESS,
  host,
  clock: systemClock,
  ...(host.env.ECHO_NETWORK === 'tcp' ? { network: 'tcp' as const } : {}),
});
// Serving has begun, and the line that the engine waits for is not written yet.
if (host.env.ECHO_FAULT === 'early-noise') console.log('hello before the handshake');
