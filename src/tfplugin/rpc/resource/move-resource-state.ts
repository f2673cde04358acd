import { rawStateFrom } from '../../codec/dynamic-value.ts';
import type { MoveResourceState_Request, MoveResourceState_Response } from '../../generated/tfplugin6.ts';
import { toBuffer, type Unary } from '../rpc.ts';

export const moveResourceState: Unary<MoveResourceState_Request, MoveResourceState_Response> = {
  async handle(request, { provider, codecs }) {
    const codec = codecs.of('resources', request.targetTypeName);
    const answer = await provider.moveResourceState({
      provider: request.sourceProviderAddress,
      type: request.sourceTypeName,
      schemaVersion: request.sourceSchemaVersion,
      state: rawStateFrom(request.sourceState),
      targetType: request.targetTypeName,
    });
    return {
      targetState: codec.toDynamicValue(answer.state),
      targetPrivate: toBuffer(answer.private),
      targetIdentity: codec.toIdentity(answer.identity),
      diagnostics: codec.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
