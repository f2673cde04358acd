import type { PlanAction_Request, PlanAction_Response } from '../generated/tfplugin6.ts';
import type { Unary } from './rpc.ts';

export const planAction: Unary<PlanAction_Request, PlanAction_Response> = {
  async handle(request, { provider, shapes }) {
    const shape = shapes.of('actions', request.actionType);
    const answer = await provider.planAction(request.actionType, shape.config(request.config));
    return { diagnostics: shape.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
