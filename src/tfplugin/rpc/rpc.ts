// One file per RPC, all in the same rhythm: decode, ask the provider, encode. Nothing thrown ever reaches the engine
// as a bare gRPC error, which has no address, no path and no way out: it becomes diagnostics.

import type { Provider } from '../../provider/provider.ts';
import { type Scrub, thrownDiagnostics, toDiagnostics } from '../codec/diagnostics.ts';
import type { Diagnostic } from '../generated/tfplugin6.ts';
import type { SchemaCodecs } from '../schema-codecs.ts';

export interface RpcContext {
  readonly provider: Provider;
  readonly codecs: SchemaCodecs;
  readonly scrub: Scrub;
  /** Aborted by StopProvider and when the engine no longer waits for this call. */
  readonly signal: AbortSignal;
  /** Asks every call in flight to end, this one excepted. */
  stopAll(): void;
}

export interface Unary<Request, Response> {
  readonly handle: (request: Request, context: RpcContext) => Response | Promise<Response>;
  /** The answer in place of one that could not be made. */
  readonly refuse: (diagnostics: Diagnostic[], request: Request) => Response;
}

export interface Streaming<Request, Event> {
  readonly handle: (request: Request, context: RpcContext) => AsyncIterable<Event>;
  /** The last event of a stream that broke. */
  readonly refuse: (diagnostics: Diagnostic[]) => Event;
}

export async function callUnary<Request, Response>(
  rpc: Unary<Request, Response>,
  request: Request,
  context: RpcContext,
): Promise<Response> {
  try {
    return await rpc.handle(request, context);
  } catch (error) {
    return refuseUnary(rpc, request, error, context);
  }
}

/** The answer in place of one that could not be made, with the reason. */
export function refuseUnary<Request, Response>(
  { refuse }: Unary<Request, Response>,
  request: Request,
  reason: unknown,
  { scrub }: RpcContext,
): Response {
  return refuse(toDiagnostics(thrownDiagnostics(reason), undefined, scrub), request);
}

export async function* callStreaming<Request, Event>(
  { handle, refuse }: Streaming<Request, Event>,
  request: Request,
  context: RpcContext,
): AsyncIterable<Event> {
  try {
    yield* handle(request, context);
  } catch (error) {
    yield refuse(toDiagnostics(thrownDiagnostics(error), undefined, context.scrub));
  }
}

/** For requests: an absent field is an absent property. */
export function given<K extends string, V>(name: K, value: V | undefined): { readonly [P in K]?: V } {
  // An object with one computed key; TypeScript widens the key to string.
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: V };
}

export function toBuffer(bytes: Uint8Array | undefined): Buffer | undefined {
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
