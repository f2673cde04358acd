import type { Provider } from '../../provider/provider.ts';
import type { Scrubber } from '../../scrubber.ts';
import { ProviderDefinition } from '../generated/tfplugin6.ts';
import type { Logger } from '../log/logger.ts';
import { rpcs } from '../rpc/index.ts';
import {
  callStreaming,
  callUnary,
  type RpcContext,
  refuseUnary,
  type Streaming,
  type Unary,
} from '../rpc/rpc.ts';
import { SchemaCodecs } from '../schema-codecs.ts';
import type { CallInFlight, Calls } from './calls.ts';
import { type Implementation, type Method, methodsOf } from './method.ts';

export interface ServiceContext {
  readonly provider: Provider;
  readonly calls: Calls;
  readonly scrubber: Scrubber;
  readonly logger: Logger;
}

/** Every RPC of the provider as a method. */
export function providerMethods(context: ServiceContext): readonly [string, Method][] {
  const { provider, calls, scrubber } = context;
  const codecs = new SchemaCodecs(provider, scrubber);
  const contextOf = (call: CallInFlight): RpcContext => ({
    provider,
    codecs,
    scrub: scrubber.scrub,
    get signal() {
      return call.signal;
    },
    stopAll: () => calls.abortAll('Terraform asked the provider to stop.'),
  });
  const { methods } = ProviderDefinition;
  const implementations = Object.entries(rpcs).map(([name, rpc]) => [
    name,
    // The table of RPCs was checked, message by message, where it stands; here messages pass through.
    methods[name as keyof typeof methods].responseStream
      ? streaming(name, rpc as Streaming<unknown, unknown>, context, contextOf)
      : unary(name, rpc as Unary<unknown, unknown>, context, contextOf),
  ]);
  return methodsOf(ProviderDefinition, Object.fromEntries(implementations));
}

type ContextOf = (call: CallInFlight) => RpcContext;

function unary(
  name: string,
  rpc: Unary<unknown, unknown>,
  { calls, logger }: ServiceContext,
  contextOf: ContextOf,
): Implementation {
  return {
    answer: async (request, gone) => {
      const call = calls.begin({ writes: name === 'applyResourceChange' });
      gone.on((reason) => call.abort(reason));
      logger.log('trace', 'call', { rpc: name });
      const context = contextOf(call);
      try {
        const instead = call.broken.then((problem) => refuseUnary(rpc, request, problem, context));
        return await Promise.race([instead, callUnary(rpc, request, context)]);
      } finally {
        call.end();
      }
    },
  };
}

function streaming(
  name: string,
  rpc: Streaming<unknown, unknown>,
  { calls, logger }: ServiceContext,
  contextOf: ContextOf,
): Implementation {
  return {
    events: async function* (request, gone) {
      const call = calls.begin();
      gone.on((reason) => call.abort(reason));
      // Its own code ends the stream, with the reason.
      void call.broken.then(({ detail }) => call.abort(detail));
      logger.log('trace', 'call', { rpc: name });
      try {
        yield* callStreaming(rpc, request, contextOf(call));
      } finally {
        call.end();
      }
    },
  };
}
