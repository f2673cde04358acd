import type {
  ValidateResourceConfig_Request,
  ValidateResourceConfig_Response,
} from '../generated/tfplugin6.ts';
import type { Unary } from './rpc.ts';

export const validateResourceConfig: Unary<ValidateResourceConfig_Request, ValidateResourceConfig_Response> =
  {
    async handle(request, { provider, shapes }) {
      const shape = shapes.of('resources', request.typeName);
      const answer = await provider.validateResourceConfig(request.typeName, shape.config(request.config), {
        writeOnlyAllowed: request.clientCapabilities?.writeOnlyAttributesAllowed ?? false,
      });
      return { diagnostics: shape.toDiagnostics(answer.diagnostics) };
    },
    refuse: (diagnostics) => ({ diagnostics }),
  };
