import type {
  ValidateResourceConfig_Request,
  ValidateResourceConfig_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const validateResourceConfig: Unary<ValidateResourceConfig_Request, ValidateResourceConfig_Response> =
  {
    async handle(request, { provider, codecs }) {
      const codec = codecs.of('resources', request.typeName);
      const answer = await provider.validateResourceConfig(request.typeName, codec.config(request.config), {
        writeOnlyAllowed: request.clientCapabilities?.writeOnlyAttributesAllowed ?? false,
      });
      return { diagnostics: codec.toDiagnostics(answer.diagnostics) };
    },
    refuse: (diagnostics) => ({ diagnostics }),
  };
