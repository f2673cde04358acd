import type {
  ValidateDataResourceConfig_Request,
  ValidateDataResourceConfig_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const validateDataResourceConfig: Unary<
  ValidateDataResourceConfig_Request,
  ValidateDataResourceConfig_Response
> = {
  async handle(request, { provider, codecs }) {
    const codec = codecs.of('dataSources', request.typeName);
    const answer = await provider.validateDataSourceConfig(request.typeName, codec.config(request.config));
    return { diagnostics: codec.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
