import type {
  RenewEphemeralResource_Request,
  RenewEphemeralResource_Response,
} from '../../generated/tfplugin6.ts';
import { toBuffer, type Unary } from '../rpc.ts';

export const renewEphemeralResource: Unary<RenewEphemeralResource_Request, RenewEphemeralResource_Response> =
  {
    async handle(request, { provider, codecs, signal }) {
      const codec = codecs.of('ephemeralResources', request.typeName);
      const answer = await provider.renewEphemeral(request.typeName, request.private, { signal });
      return {
        renewAt: answer.renewAt,
        private: toBuffer(answer.private),
        diagnostics: codec.toDiagnostics(answer.diagnostics),
      };
    },
    refuse: (diagnostics) => ({ diagnostics }),
  };
