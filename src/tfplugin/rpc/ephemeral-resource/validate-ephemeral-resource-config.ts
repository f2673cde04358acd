import type {
  ValidateEphemeralResourceConfig_Request,
  ValidateEphemeralResourceConfig_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const validateEphemeralResourceConfig: Unary<
  ValidateEphemeralResourceConfig_Request,
  ValidateEphemeralResourceConfig_Response
> = {
  async handle(request, { provider, codecs }) {
    const codec = codecs.of('ephemeralResources', request.typeName);
    const answer = await provider.validateEphemeralConfig(request.typeName, codec.config(request.config));
    return { diagnostics: codec.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
