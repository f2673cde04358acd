import type { ValidateActionConfig_Request, ValidateActionConfig_Response } from '../generated/tfplugin6.ts';
import type { Unary } from './rpc.ts';

export const validateActionConfig: Unary<ValidateActionConfig_Request, ValidateActionConfig_Response> = {
  async handle(request, { provider, shapes }) {
    const shape = shapes.of('actions', request.typeName);
    const answer = await provider.validateActionConfig(request.typeName, shape.config(request.config));
    return { diagnostics: shape.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
