import type { ServiceDefinition } from '@grpc/grpc-js';

import type { ServiceDescription } from '../../../src/tfplugin/transport/method.ts';

/** A message codec as ts-proto generates it. */
interface Codec {
  // Method syntax: a codec of one message stands where any codec is asked for.
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

/** The same service as @grpc/grpc-js wants it. */
export function grpcService({ fullName, methods }: ServiceDescription): ServiceDefinition {
  return Object.fromEntries(
    Object.entries(methods).map(([key, method]) => {
      // Generated codecs differ in their message only; what they get is what they made.
      const request = method.requestType as Codec;
      const response = method.responseType as Codec;
      return [
        key,
        {
          path: `/${fullName}/${method.name}`,
          requestStream: method.requestStream,
          responseStream: method.responseStream,
          requestSerialize: (message: unknown) => asBuffer(request.encode(message).finish()),
          requestDeserialize: (bytes: Buffer) => request.decode(bytes),
          responseSerialize: (message: unknown) => asBuffer(response.encode(message).finish()),
          responseDeserialize: (bytes: Buffer) => response.decode(bytes),
        },
      ];
    }),
  );
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
