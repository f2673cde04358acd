import type {
  ValidateListResourceConfig_Request,
  ValidateListResourceConfig_Response,
} from '../generated/tfplugin6.ts';
import type { Unary } from './rpc.ts';

export const validateListResourceConfig: Unary<
  ValidateListResourceConfig_Request,
  ValidateListResourceConfig_Response
> = {
  async handle(request, { provider, shapes }) {
    const shape = shapes.of('listResources', request.typeName);
    const answer = await provider.validateListConfig(request.typeName, shape.config(request.config));
    return { diagnostics: shape.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
