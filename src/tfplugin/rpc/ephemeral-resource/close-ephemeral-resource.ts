import type {
  CloseEphemeralResource_Request,
  CloseEphemeralResource_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const closeEphemeralResource: Unary<CloseEphemeralResource_Request, CloseEphemeralResource_Response> =
  {
    async handle(request, { provider, codecs, signal }) {
      const codec = codecs.of('ephemeralResources', request.typeName);
      const answer = await provider.closeEphemeral(request.typeName, request.private, { signal });
      return { diagnostics: codec.toDiagnostics(answer.diagnostics) };
    },
    refuse: (diagnostics) => ({ diagnostics }),
  };
