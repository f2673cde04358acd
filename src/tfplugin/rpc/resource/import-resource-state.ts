import type { ImportResourceState_Request, ImportResourceState_Response } from '../../generated/tfplugin6.ts';
import { toBuffer, type Unary } from '../rpc.ts';

export const importResourceState: Unary<ImportResourceState_Request, ImportResourceState_Response> = {
  async handle(request, { provider, codecs, signal }) {
    const codec = codecs.of('resources', request.typeName);
    const answer = await provider.importResourceState({
      type: request.typeName,
      id: request.id,
      ...codec.identity(request.identity),
      signal,
    });
    const importedResources = answer.imported.map((imported) => {
      const importedCodec = codecs.of('resources', imported.type);
      return {
        typeName: imported.type,
        state: importedCodec.toDynamicValue(imported.state),
        private: toBuffer(imported.private),
        identity: importedCodec.toIdentity(imported.identity),
      };
    });
    return { importedResources, diagnostics: codec.toDiagnostics(answer.diagnostics) };
  },
  refuse: (diagnostics) => ({ importedResources: [], diagnostics }),
};
