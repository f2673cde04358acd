import type {
  ValidateProviderConfig_Request,
  ValidateProviderConfig_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const validateProviderConfig: Unary<ValidateProviderConfig_Request, ValidateProviderConfig_Response> =
  {
    async handle(request, { provider, codecs }) {
      const codec = codecs.provider();
      const answer = await provider.validateProviderConfig(codec.config(request.config));
      return { diagnostics: codec.toDiagnostics(answer.diagnostics) };
    },
    refuse: (diagnostics) => ({ diagnostics }),
  };
