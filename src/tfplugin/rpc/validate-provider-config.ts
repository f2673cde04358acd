import type {
  ValidateProviderConfig_Request,
  ValidateProviderConfig_Response,
} from '../generated/tfplugin6.ts';
import type { Unary } from './rpc.ts';

export const validateProviderConfig: Unary<ValidateProviderConfig_Request, ValidateProviderConfig_Response> =
  {
    async handle(request, { provider, shapes }) {
      const shape = shapes.provider();
      const answer = await provider.validateProviderConfig(shape.config(request.config));
      return { diagnostics: shape.toDiagnostics(answer.diagnostics) };
    },
    refuse: (diagnostics) => ({ diagnostics }),
  };
