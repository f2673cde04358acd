import type {
  handleServerStreamingCall,
  handleUnaryCall,
  ServerWritableStream,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { Provider } from '../../provider/provider.ts';
import type { Scrubber } from '../../scrubber.ts';
import type { Logger } from '../log/logger.ts';
import { rpcs } from '../rpc/index.ts';
import { callStreaming, callUnary, type RpcContext, type Streaming, type Unary } from '../rpc/rpc.ts';
import { Shapes } from '../shapes.ts';
import type { Calls } from './calls.ts';

export interface Serving {
  readonly provider: Provider;
  readonly calls: Calls;
  readonly scrubber: Scrubber;
  readonly logger: Logger;
}

/** Every RPC of the provider as a gRPC handler. */
export function providerService(serving: Serving): UntypedServiceImplementation {
  const { provider, calls, scrubber } = serving;
  const shapes = new Shapes(provider, scrubber);
  const contextOf = (signal: AbortSignal): RpcContext => ({
    provider,
    shapes,
    scrub: scrubber.scrub,
    signal,
    stopAll: () => calls.abortAll('Terraform asked the provider to stop.'),
  });
  return Object.fromEntries(
    Object.entries(rpcs).map(([name, rpc]) => [
      name,
      // The table of RPCs was checked, message by message, where it stands; here messages pass through.
      STREAMS.has(name)
        ? streamingHandler(name, rpc as Streaming<unknown, unknown>, serving, contextOf)
        : unaryHandler(name, rpc as Unary<unknown, unknown>, serving, contextOf),
    ]),
  );
}

const STREAMS: ReadonlySet<string> = new Set([
  'listResource',
  'invokeAction',
] satisfies (keyof typeof rpcs)[]);

type ContextOf = (signal: AbortSignal) => RpcContext;

function unaryHandler(
  name: string,
  rpc: Unary<unknown, unknown>,
  { calls, logger }: Serving,
  contextOf: ContextOf,
): handleUnaryCall<unknown, unknown> {
  return (call, answer) => {
    const { signal, abort, end } = calls.begin();
    call.on('cancelled', () => abort('Terraform no longer waits for this call.'));
    logger.log('trace', 'call', { rpc: name });
    callUnary(rpc, call.request, contextOf(signal))
      .then(
        (response) => answer(null, response),
        (error) => answer({ code: INTERNAL, details: String(error) }),
      )
      .finally(end);
  };
}

const INTERNAL = 13;

function streamingHandler(
  name: string,
  rpc: Streaming<unknown, unknown>,
  { calls, logger }: Serving,
  contextOf: ContextOf,
): handleServerStreamingCall<unknown, unknown> {
  return (call) => {
    const { signal, abort, end } = calls.begin();
    call.on('cancelled', () => abort('Terraform no longer waits for this call.'));
    logger.log('trace', 'call', { rpc: name });
    pump(callStreaming(rpc, call.request, contextOf(signal)), call, signal)
      .catch((error) => call.emit('error', error))
      .finally(end);
  };
}

/** Writes event by event, at the reader's pace, until the stream ends or nobody reads it any more. */
async function pump(
  events: AsyncIterable<unknown>,
  call: ServerWritableStream<unknown, unknown>,
  signal: AbortSignal,
): Promise<void> {
  for await (const event of events) {
    if (call.cancelled) return;
    if (!call.write(event)) await drained(call, signal);
  }
  call.end();
}

function drained(call: ServerWritableStream<unknown, unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      call.off('drain', go);
      call.off('cancelled', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    call.once('drain', go);
    call.once('cancelled', go);
    signal.addEventListener('abort', go, { once: true });
  });
}
