import { toDiagnostics } from '../../codec/diagnostics.ts';
import type { Diagnostic, InvokeAction_Event, InvokeAction_Request } from '../../generated/tfplugin6.ts';
import type { Streaming } from '../rpc.ts';

/** Progress, then exactly one `completed`, whatever the action does: an event of neither kind crashes Terraform. */
export const invokeAction: Streaming<InvokeAction_Request, InvokeAction_Event> = {
  async *handle(request, { provider, codecs, scrub, signal }) {
    const codec = codecs.of('actions', request.actionType);
    const config = codec.config(request.config);
    for await (const event of provider.invokeAction(request.actionType, config, { signal })) {
      if (event.kind === 'completed') {
        yield completed(codec.toDiagnostics(event.diagnostics));
        return;
      }
      yield { type: { $case: 'progress', value: { message: scrub(event.message) } } };
    }
    yield completed(toDiagnostics([unfinished(request.actionType)], undefined, scrub));
  },
  refuse: completed,
};

function completed(diagnostics: Diagnostic[]): InvokeAction_Event {
  return { type: { $case: 'completed', value: { diagnostics } } };
}

function unfinished(action: string) {
  return {
    severity: 'error' as const,
    summary: 'The action did not say how it ended',
    detail: `${action} stopped without a result. This is a bug in the provider; please report it.`,
  };
}
