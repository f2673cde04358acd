import type { ConfigureProvider_Request, ConfigureProvider_Response } from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const configureProvider: Unary<ConfigureProvider_Request, ConfigureProvider_Response> = {
  async handle(request, { provider, codecs }) {
    const codec = codecs.provider();
    const answer = await provider.configure(codec.config(request.config), request.terraformVersion);
    return { diagnostics: codec.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
