import type { Endpoint } from '../../http/endpoint.ts';

/** Page "Create and Manage Service Accounts": the body is `{}`, authentication is that of the very account. */
export const recycleKey: Endpoint<{ readonly old_key: string; readonly new_key: string }> = {
  method: 'PUT',
  path: '/automate/recycle_key.json',
  // A second call rotates again and kills the key that the first one made.
  repeatable: false,
  budget: 'automate',
  answer: {
    type: 'object',
    required: ['old_key', 'new_key'],
    properties: { old_key: { type: 'string', minLength: 1 }, new_key: { type: 'string', minLength: 1 } },
  },
};

/** The cheapest call that says whether a key is alive. */
export const automatePlan: Endpoint<unknown> = {
  method: 'GET',
  path: '/automate/plan.json',
  repeatable: true,
  budget: 'automate',
  // What it says is of no use here, but that it is said in JSON proves who says it.
  answer: { type: 'object' },
};
