import type { ReadDataSource_Request, ReadDataSource_Response } from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const readDataSource: Unary<ReadDataSource_Request, ReadDataSource_Response> = {
  async handle(request, { provider, codecs, signal }) {
    const codec = codecs.of('dataSources', request.typeName);
    const answer = await provider.readDataSource(request.typeName, codec.config(request.config), { signal });
    return {
      state: codec.toDynamicValue(answer.state),
      diagnostics: codec.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
