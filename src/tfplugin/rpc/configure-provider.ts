import type { ConfigureProvider_Request, ConfigureProvider_Response } from '../generated/tfplugin6.ts';
import type { Unary } from './rpc.ts';

export const configureProvider: Unary<ConfigureProvider_Request, ConfigureProvider_Response> = {
  async handle(request, { provider, shapes }) {
    const shape = shapes.provider();
    const answer = await provider.configure(shape.config(request.config), request.terraformVersion);
    return { diagnostics: shape.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
