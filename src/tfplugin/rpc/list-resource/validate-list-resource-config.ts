import type {
  ValidateListResourceConfig_Request,
  ValidateListResourceConfig_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const validateListResourceConfig: Unary<
  ValidateListResourceConfig_Request,
  ValidateListResourceConfig_Response
> = {
  async handle(request, { provider, codecs }) {
    const codec = codecs.of('listResources', request.typeName);
    const answer = await provider.validateListConfig(request.typeName, codec.config(request.config));
    return { diagnostics: codec.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
