import type { ReadDataSource_Request, ReadDataSource_Response } from '../generated/tfplugin6.ts';
import type { Unary } from './rpc.ts';

export const readDataSource: Unary<ReadDataSource_Request, ReadDataSource_Response> = {
  async handle(request, { provider, shapes, signal }) {
    const shape = shapes.of('dataSources', request.typeName);
    const answer = await provider.readDataSource(request.typeName, shape.config(request.config), { signal });
    return {
      state: shape.toDynamicValue(answer.state),
      diagnostics: shape.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
