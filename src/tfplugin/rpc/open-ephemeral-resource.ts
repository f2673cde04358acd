import type {
  OpenEphemeralResource_Request,
  OpenEphemeralResource_Response,
} from '../generated/tfplugin6.ts';
import { toBuffer, type Unary } from './rpc.ts';

export const openEphemeralResource: Unary<OpenEphemeralResource_Request, OpenEphemeralResource_Response> = {
  async handle(request, { provider, shapes, signal }) {
    const shape = shapes.of('ephemeralResources', request.typeName);
    const answer = await provider.openEphemeral(request.typeName, shape.config(request.config), { signal });
    return {
      result: shape.toDynamicValue(answer.result),
      renewAt: answer.renewAt,
      private: toBuffer(answer.private),
      diagnostics: shape.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
