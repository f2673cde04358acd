import type {
  OpenEphemeralResource_Request,
  OpenEphemeralResource_Response,
} from '../../generated/tfplugin6.ts';
import { toBuffer, type Unary } from '../rpc.ts';

export const openEphemeralResource: Unary<OpenEphemeralResource_Request, OpenEphemeralResource_Response> = {
  async handle(request, { provider, codecs, signal }) {
    const codec = codecs.of('ephemeralResources', request.typeName);
    const answer = await provider.openEphemeral(request.typeName, codec.config(request.config), { signal });
    return {
      result: codec.toDynamicValue(answer.result),
      renewAt: answer.renewAt,
      private: toBuffer(answer.private),
      diagnostics: codec.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
