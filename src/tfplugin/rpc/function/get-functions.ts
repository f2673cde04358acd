import { toFunction } from '../../codec/schema.ts';
import type { GetFunctions_Request, GetFunctions_Response } from '../../generated/tfplugin6.ts';
import { mapped } from '../provider/get-provider-schema.ts';
import type { Unary } from '../rpc.ts';

export const getFunctions: Unary<GetFunctions_Request, GetFunctions_Response> = {
  handle(_request, { provider }) {
    return { functions: mapped(provider.schemas.functions, toFunction), diagnostics: [] };
  },
  refuse: (diagnostics) => ({ functions: new Map(), diagnostics }),
};
