// Who a person is: their e-mail address, whatever its case.

import { folded } from '../../schema/equal.ts';

export const TYPE = 'browserstack_user';

export function identityOf({ email }: { readonly email: string }) {
  return { email: folded(email) };
}
