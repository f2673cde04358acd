import type { ReadResource_Request, ReadResource_Response } from '../generated/tfplugin6.ts';
import { given, toBuffer, type Unary } from './rpc.ts';

export const readResource: Unary<ReadResource_Request, ReadResource_Response> = {
  async handle(request, { provider, shapes, signal }) {
    const shape = shapes.of('resources', request.typeName);
    const state = shape.object(request.currentState);
    // Nothing there, nothing to look for.
    if (state === null) return { newState: shape.toDynamicValue(null), diagnostics: [] };
    const answer = await provider.readResource({
      type: request.typeName,
      state,
      ...given('private', request.private),
      ...shape.identity(request.currentIdentity),
      signal,
    });
    return {
      newState: shape.toDynamicValue(answer.state),
      private: toBuffer(answer.private),
      newIdentity: shape.toIdentity(answer.identity),
      diagnostics: shape.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
