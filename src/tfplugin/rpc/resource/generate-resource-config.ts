import type {
  GenerateResourceConfig_Request,
  GenerateResourceConfig_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const generateResourceConfig: Unary<GenerateResourceConfig_Request, GenerateResourceConfig_Response> =
  {
    async handle(request, { provider, codecs }) {
      const codec = codecs.of('resources', request.typeName);
      const state = codec.config(request.state);
      const answer = await provider.generateResourceConfig(request.typeName, state);
      return {
        config: codec.toDynamicValue(answer.config),
        diagnostics: codec.toDiagnostics(answer.diagnostics),
      };
    },
    refuse: (diagnostics) => ({ diagnostics }),
  };
