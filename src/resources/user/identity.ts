// Who a person is: their e-mail address, whatever its case.

export const TYPE = 'browserstack_user';

export function identityOf({ email }: { readonly email: string }) {
  return { email: email.toLowerCase() };
}
