import { attribute } from '../../schema/attribute.ts';
import { defineSchema, type PlannedOf, type StateOf } from '../../schema/schema.ts';
import { lengthBetween, matching } from '../../schema/validators.ts';
import { protectionAttributes } from '../protection.ts';

/** The console asks for at least 3 characters; 255 is a guess, see the local server's behaviours. */
const identifierRules = [
  lengthBetween(3, 255),
  matching(/^\S(.*\S)?$/su, 'not start or end with a space, which the service would trim'),
  matching(/^\P{Cc}*$/u, 'not contain control characters'),
];

export const serviceAccountSchema = defineSchema({
  description:
    'A service account: a machine identity with one access key. It has no key attributes: identity and credential are two things, see `browserstack_access_key`.',
  attributes: {
    identifier: attribute.string({
      required: true,
      requiresReplace: true,
      validate: identifierRules,
      description:
        'Unique name, at least 3 characters; shown on dashboards and reports. Another identifier is another account, with another user name and key (but see `account_changes` of the provider).',
    }),
    team: attribute.string({
      optional: true,
      requiresReplace: true,
      validate: [lengthBetween(1, 40)],
      description:
        'Name of the team it belongs to; without one it belongs to the organization. Another team is another account, with another user name and key (but see `account_changes` of the provider).',
    }),
    ...protectionAttributes,
    consumers: attribute.strings({
      optional: true,
      stateOnly: true,
      description:
        'Who uses the account (a pipeline, a repository, a contact). Shown by a plan that would give it another user name and key, or delete it. Stands in state only.',
    }),
    username: attribute.string({
      computed: true,
      description:
        'User name given by BrowserStack, the handle of the account and one half of its credential.',
    }),
    organization_level: attribute.bool({
      computed: true,
      description: 'True when the account belongs to the organization rather than to a team.',
    }),
  },
});

export type ServiceAccountState = StateOf<typeof serviceAccountSchema>;
export type PlannedServiceAccount = PlannedOf<typeof serviceAccountSchema>;
