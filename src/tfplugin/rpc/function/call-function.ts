import { Problem } from '../../../errors.ts';
import type { FunctionSignature, Provider } from '../../../provider/provider.ts';
import { fromDynamicValue, toDynamicValue } from '../../codec/dynamic-value.ts';
import { unreadable } from '../../codec/fault.ts';
import type { CallFunction_Request, CallFunction_Response } from '../../generated/tfplugin6.ts';
import { given, type Unary } from '../rpc.ts';

/** Functions run on an unconfigured provider and know errors of their own kind: a text and perhaps an argument. */
export const callFunction: Unary<CallFunction_Request, CallFunction_Response> = {
  async handle(request, { provider, scrub }) {
    const signature = signatureOf(provider, request.name);
    const args = request.arguments.map((argument, index) => {
      const parameter = signature.parameters[index] ?? signature.variadic;
      if (parameter === undefined) throw unreadable(`${request.name} takes no argument number ${index + 1}.`);
      return fromDynamicValue(argument, parameter.type);
    });
    const { result, error } = await provider.callFunction(request.name, args);
    if (error !== undefined)
      return { error: { text: scrub(error.text), ...given('functionArgument', error.argument) } };
    return { result: toDynamicValue(result, signature.returns) };
  },
  refuse: (diagnostics) => ({
    error: { text: diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join('\n') },
  }),
};

function signatureOf(provider: Provider, name: string): FunctionSignature {
  const { functions } = provider.schemas;
  const signature = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (signature !== undefined) return signature;
  throw new Problem({
    code: 'not_found',
    summary: 'Unknown function',
    detail: `This provider has no function named ${JSON.stringify(name)}.`,
  });
}
