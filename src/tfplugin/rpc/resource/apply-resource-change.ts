import { attempt, salvageObject } from '../../codec/salvage.ts';
import type { ApplyResourceChange_Request, ApplyResourceChange_Response } from '../../generated/tfplugin6.ts';
import { given, toBuffer, type Unary } from '../rpc.ts';

export const applyResourceChange: Unary<ApplyResourceChange_Request, ApplyResourceChange_Response> = {
  async handle(request, { provider, codecs, signal }) {
    const codec = codecs.of('resources', request.typeName);
    const { identity: plannedIdentity } = codec.identity(request.plannedIdentity);
    const answer = await provider.applyResourceChange({
      type: request.typeName,
      config: codec.object(request.config),
      prior: codec.object(request.priorState),
      planned: codec.object(request.plannedState),
      ...given('plannedPrivate', request.plannedPrivate),
      ...given('plannedIdentity', plannedIdentity),
      signal,
    });
    // The object exists now. Whatever is wrong with a part of the answer, the rest must reach the state.
    const state = salvageObject(answer.state, (object) => codec.toDynamicValue(object), codec.type);
    const identity = attempt(() => codec.toIdentity(answer.identity), request.plannedIdentity);
    return {
      newState: state.message,
      private: toBuffer(answer.private),
      newIdentity: identity.made,
      diagnostics: codec.toDiagnostics([
        ...answer.diagnostics,
        ...state.diagnostics,
        ...identity.diagnostics,
      ]),
    };
  },
  // Nothing was done: what was there is still there.
  refuse: (diagnostics, request) => ({
    newState: request.priorState,
    private: request.plannedPrivate,
    diagnostics,
  }),
};
