import type { PlanAction_Request, PlanAction_Response } from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const planAction: Unary<PlanAction_Request, PlanAction_Response> = {
  async handle(request, { provider, codecs }) {
    const codec = codecs.of('actions', request.actionType);
    const answer = await provider.planAction(request.actionType, codec.config(request.config));
    return { diagnostics: codec.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
