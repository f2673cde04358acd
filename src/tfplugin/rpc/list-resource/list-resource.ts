import type { ListResource_Event, ListResource_Request } from '../../generated/tfplugin6.ts';
import type { Streaming } from '../rpc.ts';

/** One event per object found, and no more than the engine asked for. */
export const listResource: Streaming<ListResource_Request, ListResource_Event> = {
  async *handle(request, { provider, codecs, signal }) {
    const config = codecs.of('listResources', request.typeName).config(request.config);
    const codec = codecs.of('resources', request.typeName);
    // Zero is what a request says that names no limit.
    const limit = request.limit > 0 ? request.limit : Number.MAX_SAFE_INTEGER;
    const options = { includeObject: request.includeResourceObject, limit, signal };
    let sent = 0;
    for await (const event of provider.list(request.typeName, config, options)) {
      yield {
        identity: codec.toIdentity(event.identity),
        displayName: String(event.displayName),
        resourceObject:
          options.includeObject && event.object !== undefined
            ? codec.toDynamicValue(event.object)
            : undefined,
        diagnostic: codec.toDiagnostics(event.diagnostics),
      };
      sent += 1;
      if (sent >= limit || signal.aborted) return;
    }
  },
  refuse: (diagnostic) => ({ displayName: '', diagnostic }),
};
