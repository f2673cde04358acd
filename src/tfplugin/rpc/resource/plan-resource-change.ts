import { toAttributePath } from '../../codec/attribute-path.ts';
import type { PlanResourceChange_Request, PlanResourceChange_Response } from '../../generated/tfplugin6.ts';
import { given, toBuffer, type Unary } from '../rpc.ts';

export const planResourceChange: Unary<PlanResourceChange_Request, PlanResourceChange_Response> = {
  async handle(request, context) {
    const { provider, codecs } = context;
    const codec = codecs.of('resources', request.typeName);
    const { identity: priorIdentity } = codec.identity(request.priorIdentity);
    const answer = await provider.planResourceChange({
      type: request.typeName,
      config: codec.object(request.config),
      prior: codec.object(request.priorState),
      /** Decoded for those who read it: ours makes its own proposal. */
      get proposed() {
        return codec.object(request.proposedNewState);
      },
      ...given('priorPrivate', request.priorPrivate),
      ...given('priorIdentity', priorIdentity),
      get signal() {
        return context.signal;
      },
    });
    return {
      plannedState: codec.toDynamicValue(answer.planned),
      // A path that does not exist is an error to the engine; one into a set means the whole set.
      requiresReplace: answer.replaces.flatMap((path) => toAttributePath(path, codec.type) ?? []),
      plannedPrivate: toBuffer(answer.private),
      plannedIdentity: codec.toIdentity(answer.identity),
      diagnostics: codec.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ requiresReplace: [], diagnostics }),
};
