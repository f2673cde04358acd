// The provider as it is published, but for two seams that only tests have: its clock stands in a file, and it can be
// told to die at a certain request.

import { readFileSync } from 'node:fs';
import { Agent, type Dispatcher } from 'undici';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { processHost } from '../../../src/entry/host.ts';
import { createProvider } from '../../../src/provider/create-provider.ts';
import { browserstackProvider, PROVIDER_ADDRESS } from '../../../src/resources/index.ts';
import { Scrubber } from '../../../src/scrubber.ts';
import { createLogger, levelFrom } from '../../../src/tfplugin/log/logger.ts';
import { serve } from '../../../src/tfplugin/serve.ts';

/** Milliseconds that this process has slept: they pass on its clock, and hardly on the wall. */
let slept = 0;
const clock: Clock = {
  now: () => new Date(Date.parse(readFileSync(process.env.TEST_CLOCK ?? '', 'utf8')) + slept),
  sleep: async (milliseconds, signal) => {
    await systemClock.sleep(Math.min(milliseconds, 20), signal);
    slept += milliseconds;
  },
};

/**
 * `recycle:after` kills the process, as SIGKILL does, when the answer to the first such request is there;
 * `recycle:panic` has it crash then, with the credential of the request in the message.
 */
const [victim = '', side] = (process.env.TEST_KILL ?? '').split(':');

const deadly: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const hit = victim !== '' && options.path?.includes(victim) === true;
  if (hit && side === 'before') process.kill(process.pid, 'SIGKILL');
  if (!hit) return dispatch(options, handler);
  return dispatch(options, {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onResponseStart: (controller, status, headers, message) =>
      handler.onResponseStart?.(controller, status, headers, message),
    onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
    onResponseEnd: () => {
      if (side !== 'panic') process.kill(process.pid, 'SIGKILL');
      const { authorization } = options.headers as Record<string, string>;
      const [, credential = ''] = authorization?.split(' ') ?? [];
      const clear = Buffer.from(credential, 'base64').toString();
      setImmediate(() => {
        throw new Error(`on purpose, with ${authorization}, which is ${clear}`);
      });
    },
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  });
};

const host = processHost();
const scrubber = new Scrubber();
const logger = createLogger({
  level: levelFrom(host.env),
  module: 'provider.browserstack',
  clock: systemClock,
  scrub: scrubber.scrub,
  write: (line) => host.writeStderr(line),
});
const dispatcher = new Agent().compose(deadly);
const definition = browserstackProvider({
  env: process.env,
  dispatcher: async () => dispatcher,
  random: Math.random,
  version: '0.1.0',
});
const provider = createProvider(definition, {
  clock,
  log: (level, message, fields) => logger.log(level, message, fields),
});
void serve({ provider, address: PROVIDER_ADDRESS, host, clock: systemClock, scrubber });
