import type { Gone } from './gone.ts';

/** A message codec as ts-proto generates it. */
interface Codec {
  // Method syntax: a codec of one message stands where any codec is asked for.
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

/** A service as ts-proto describes it, free of any transport. */
export interface ServiceDescription {
  readonly fullName: string;
  readonly methods: Readonly<Record<string, MethodDescription>>;
}

export interface MethodDescription {
  readonly name: string;
  readonly requestType: unknown;
  readonly requestStream: boolean;
  readonly responseType: unknown;
  readonly responseStream: boolean;
}

/** What a method does with its request. */
export interface Implementation {
  /** One answer. Absent: `events`, or nothing at all. */
  readonly answer?: (request: unknown, gone: Gone) => Promise<unknown>;
  /** Several, one after the other. */
  readonly events?: (request: unknown, gone: Gone) => AsyncIterable<unknown>;
}

/** A method as it is served. */
export interface Method extends Required<Implementation> {
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly decode: (bytes: Uint8Array) => unknown;
  readonly encode: (message: unknown) => Uint8Array;
}

/** By the path of its requests, `/package.Service/Method`. */
export type Methods = ReadonlyMap<string, Method>;

/** The methods of a service, in the form of a map's entries. */
export function methodsOf(
  { fullName, methods }: ServiceDescription,
  implementations: Readonly<Record<string, Implementation>>,
): [string, Method][] {
  return Object.entries(methods).map(([key, { name, requestStream, responseStream, ...types }]) => {
    // Generated codecs differ in their message only; what they get is what they made.
    const [request, response] = [types.requestType as Codec, types.responseType as Codec];
    const { answer = absent, events = silent } = implementations[key] ?? {};
    return [
      `/${fullName}/${name}`,
      {
        requestStream,
        responseStream,
        answer,
        events,
        decode: (bytes) => request.decode(bytes),
        encode: (message) => response.encode(message).finish(),
      },
    ];
  });
}

const absent = () => Promise.reject(new Error('There is nothing behind this method.'));

async function* silent(): AsyncIterable<never> {
  // No event, ever.
}
