import type { ImportResourceState_Request, ImportResourceState_Response } from '../generated/tfplugin6.ts';
import { toBuffer, type Unary } from './rpc.ts';

export const importResourceState: Unary<ImportResourceState_Request, ImportResourceState_Response> = {
  async handle(request, { provider, shapes, signal }) {
    const shape = shapes.of('resources', request.typeName);
    const answer = await provider.importResourceState({
      type: request.typeName,
      id: request.id,
      ...shape.identity(request.identity),
      signal,
    });
    const importedResources = answer.imported.map((imported) => {
      const importedShape = shapes.of('resources', imported.type);
      return {
        typeName: imported.type,
        state: importedShape.toDynamicValue(imported.state),
        private: toBuffer(imported.private),
        identity: importedShape.toIdentity(imported.identity),
      };
    });
    return { importedResources, diagnostics: shape.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ importedResources: [], diagnostics }),
};
