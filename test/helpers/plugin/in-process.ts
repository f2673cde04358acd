import { afterAll } from 'vitest';
import type { Provider } from '../../../src/provider/provider.ts';
import { impliedType, type Schema } from '../../../src/schema/schema.ts';
import type { Type } from '../../../src/schema/type.ts';
import type { Value } from '../../../src/schema/value.ts';
import { decodeValue } from '../../../src/tfplugin/codec/decode.ts';
import { encodeValue } from '../../../src/tfplugin/codec/encode.ts';
import type { DynamicValue } from '../../../src/tfplugin/generated/tfplugin6.ts';
import { connect, type PluginClient } from './client.ts';
import { ECHO_ADDRESS } from './echo-provider.ts';
import { type Reattached, serveForReattach } from './reattach.ts';

/** A provider served in this process, and a client of it over a real socket. */
export interface InProcess extends Reattached {
  readonly client: PluginClient;
}

/** Gives a function that serves a provider; all it served is closed after the file's tests. */
export function useInProcess(): (provider: Provider) => Promise<InProcess> {
  const open: InProcess[] = [];
  afterAll(() => {
    for (const { client, close } of open) {
      client.close();
      close();
    }
  });
  return async (provider) => {
    const reattached = await serveForReattach(provider, ECHO_ADDRESS);
    const client = connect(`unix:${reattached.socket}`, { serverCertificate: '' });
    const served = { ...reattached, client };
    open.push(served);
    return served;
  };
}

/** A value as it stands in a request. */
export function sent(value: unknown, of: Schema | Type): DynamicValue {
  return { msgpack: encodeValue(value, typeOf(of)) };
}

/** A value out of a response; an answer in JSON would not be understood everywhere. */
export function received(message: DynamicValue | undefined, of: Schema | Type): Value | undefined {
  return message?.msgpack === undefined ? undefined : decodeValue(message.msgpack, typeOf(of));
}

function typeOf(of: Schema | Type): Type {
  return 'kind' in of ? of : impliedType(of);
}
