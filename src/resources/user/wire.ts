// BrowserStack's own spelling. The user page documents these two writes; that people can be disabled, removed, given
// another role or e-mail address it only mentions, so no call of ours does.

import type { Endpoint } from '../../http/endpoint.ts';

/** Invites. Answers a message only: no id, no user name. The team is `team` here and `team_name` elsewhere. */
export const createUser: Endpoint<unknown> = {
  method: 'POST',
  path: '/user/create_user',
  repeatable: false,
  budget: 'account-management',
};

/** Gives access to one product, or to a bundle of two. Who has it already keeps it, so it may be repeated. */
export const addEntitlement: Endpoint<unknown> = {
  method: 'POST',
  path: '/user/add_entitlement',
  repeatable: true,
  budget: 'account-management',
};
