import { rawStateFrom } from '../../codec/dynamic-value.ts';
import type {
  UpgradeResourceIdentity_Request,
  UpgradeResourceIdentity_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

export const upgradeResourceIdentity: Unary<
  UpgradeResourceIdentity_Request,
  UpgradeResourceIdentity_Response
> = {
  async handle(request, { provider, codecs }) {
    const codec = codecs.of('resources', request.typeName);
    const answer = await provider.upgradeResourceIdentity(
      request.typeName,
      request.version,
      rawStateFrom(request.rawIdentity),
    );
    return {
      upgradedIdentity: codec.toIdentity(answer.identity),
      diagnostics: codec.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
