import { toAttributePath } from '../codec/attribute-path.ts';
import type { PlanResourceChange_Request, PlanResourceChange_Response } from '../generated/tfplugin6.ts';
import { given, toBuffer, type Unary } from './rpc.ts';

export const planResourceChange: Unary<PlanResourceChange_Request, PlanResourceChange_Response> = {
  async handle(request, { provider, shapes, signal }) {
    const shape = shapes.of('resources', request.typeName);
    const { identity: priorIdentity } = shape.identity(request.priorIdentity);
    const answer = await provider.planResourceChange({
      type: request.typeName,
      config: shape.object(request.config),
      prior: shape.object(request.priorState),
      proposed: shape.object(request.proposedNewState),
      ...given('priorPrivate', request.priorPrivate),
      ...given('priorIdentity', priorIdentity),
      signal,
    });
    return {
      plannedState: shape.toDynamicValue(answer.planned),
      // A path that does not exist is an error to the engine; one into a set means the whole set.
      requiresReplace: answer.replaces.flatMap((path) => toAttributePath(path, shape.type) ?? []),
      plannedPrivate: toBuffer(answer.private),
      plannedIdentity: shape.toIdentity(answer.identity),
      diagnostics: shape.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ requiresReplace: [], diagnostics }),
};
