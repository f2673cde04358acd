import { attribute } from '../../schema/attribute.ts';
import { defineSchema, type PlannedOf, type StateOf } from '../../schema/schema.ts';
import { lengthBetween, matching } from '../../schema/validators.ts';
import { protectionAttributes } from '../protection.ts';

const allocation = {
  value: attribute.integer({ computed: true, description: 'Number of parallel sessions.' }),
  source: attribute.string({
    computed: true,
    description: '`Team`: an allocation of its own. `Org`: it shares the pool of the organization.',
  }),
};

/** Parallels of a team, per product. */
export const parallelsAttributes = {
  automate: attribute.single(allocation, { computed: true, nullable: true, description: 'Automate.' }),
  app_automate: attribute.single(allocation, {
    computed: true,
    nullable: true,
    description: 'App Automate.',
  }),
};

export const teamName = [lengthBetween(1, 40), matching(/^\S(.*\S)?$/su, 'not start or end with a space')];

export const teamSchema = defineSchema({
  description:
    'A team of the organization. Its name is its identity: the API has no id and no rename, so another name is another team.',
  attributes: {
    name: attribute.string({
      required: true,
      requiresReplace: true,
      validate: teamName,
      description: 'Name, 1 to 40 characters, unique in the organization.',
    }),
    ...protectionAttributes,
    created_at: attribute.string({
      computed: true,
      nullable: true,
      description:
        'When the team was made (RFC 3339). The API answers a creation without it, so it is read from the list afterwards: null until the next refresh where that does not show the team yet.',
    }),
    user_count: attribute.integer({ computed: true, description: 'Number of people in the team.' }),
    parallels: attribute.single(parallelsAttributes, {
      computed: true,
      nullable: true,
      description: 'Parallel sessions of the team, read as `created_at`.',
    }),
  },
});

export type TeamState = StateOf<typeof teamSchema>;
export type PlannedTeam = PlannedOf<typeof teamSchema>;
