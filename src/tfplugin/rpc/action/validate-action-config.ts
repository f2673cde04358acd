import type {
  ValidateActionConfig_Request,
  ValidateActionConfig_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const validateActionConfig: Unary<ValidateActionConfig_Request, ValidateActionConfig_Response> = {
  async handle(request, { provider, codecs }) {
    const codec = codecs.of('actions', request.typeName);
    const answer = await provider.validateActionConfig(request.typeName, codec.config(request.config));
    return { diagnostics: codec.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
