import { rawStateFrom } from '../../codec/dynamic-value.ts';
import type {
  UpgradeResourceState_Request,
  UpgradeResourceState_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

/** Called for every object in state before anything else, also when its version is the current one. */
export const upgradeResourceState: Unary<UpgradeResourceState_Request, UpgradeResourceState_Response> = {
  async handle(request, { provider, codecs }) {
    const codec = codecs.of('resources', request.typeName);
    const answer = await provider.upgradeResourceState(
      request.typeName,
      request.version,
      rawStateFrom(request.rawState),
    );
    return {
      upgradedState: codec.toDynamicValue(answer.state),
      diagnostics: codec.toDiagnostics(answer.diagnostics),
    };
  },
  refuse: (diagnostics) => ({ diagnostics }),
};
