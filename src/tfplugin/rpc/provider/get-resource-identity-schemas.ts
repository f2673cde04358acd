import { toIdentitySchema } from '../../codec/schema.ts';
import type {
  GetResourceIdentitySchemas_Request,
  GetResourceIdentitySchemas_Response,
} from '../../generated/tfplugin6.ts';
import type { Unary } from '../rpc.ts';
import { mapped } from './get-provider-schema.ts';

export const getResourceIdentitySchemas: Unary<
  GetResourceIdentitySchemas_Request,
  GetResourceIdentitySchemas_Response
> = {
  handle(_request, { provider }) {
    return { identitySchemas: mapped(provider.schemas.identities, toIdentitySchema), diagnostics: [] };
  },
  refuse: (diagnostics) => ({ identitySchemas: new Map(), diagnostics }),
};
