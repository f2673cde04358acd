import type { StopProvider_Request, StopProvider_Response } from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';

/** Sent once while everything else is still in flight, after the first Ctrl-C. Answers before anything has ended. */
export const stopProvider: Unary<StopProvider_Request, StopProvider_Response> = {
  handle(_request, { provider, stopAll }) {
    provider.stop();
    stopAll();
    return { error: '' };
  },
  refuse: (diagnostics) => ({ error: diagnostics.map(({ summary }) => summary).join('; ') }),
};
