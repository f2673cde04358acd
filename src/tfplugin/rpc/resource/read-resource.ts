import type { ReadResource_Request, ReadResource_Response } from '../../generated/tfplugin6.ts';
import { given, toBuffer, type Unary } from '../rpc.ts';

export const readResource: Unary<ReadResource_Request, ReadResource_Response> = {
  async handle(request, context) {
    const { provider, codecs } = context;
    const codec = codecs.of('resources', request.typeName);
    const state = codec.object(request.currentState);
    // Nothing there, nothing to look for.
    if (state === null) return { newState: codec.toDynamicValue(null), diagnostics: [] };
    const answer = await provider.readResource({
      type: request.typeName,
      state,
      ...given('private', request.private),
      ...codec.identity(request.currentIdentity),
      get signal() {
        return context.signal;
      },
    });
    return {
      newState: codec.toDynamicValue(answer.state),
      private: toBuffer(answer.private),
      newIdentity: codec.toIdentity(answer.identity),
      diagnostics: codec.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
