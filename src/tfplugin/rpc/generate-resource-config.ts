import type {
  GenerateResourceConfig_Request,
  GenerateResourceConfig_Response,
} from '../generated/tfplugin6.ts';
import type { Unary } from './rpc.ts';

export const generateResourceConfig: Unary<GenerateResourceConfig_Request, GenerateResourceConfig_Response> =
  {
    async handle(request, { provider, shapes }) {
      const shape = shapes.of('resources', request.typeName);
      const state = shape.config(request.state);
      const answer = await provider.generateResourceConfig(request.typeName, state);
      return {
        config: shape.toDynamicValue(answer.config),
        diagnostics: shape.toDiagnostics(answer.diagnostics),
      };
    },
    refuse: (diagnostics) => ({ diagnostics }),
  };
