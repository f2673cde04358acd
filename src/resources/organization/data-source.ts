import { Problem } from '../../errors.ts';
import type { DataSource } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import type { Session } from '../session.ts';
import { organizationName } from './api.ts';

const schema = defineSchema({
  description: 'The organization that the credentials belong to. Costs one request.',
  attributes: {
    name: attribute.string({ computed: true, description: 'Name of the organization.' }),
  },
});

export const organizationData: DataSource<Session, typeof schema> = {
  type: 'browserstack_organization',
  schema,
  async read(_config, { session }) {
    const name = await organizationName(session);
    if (name !== undefined) return { name };
    throw new Problem({
      code: 'not_found',
      summary: 'The name of the organization cannot be seen',
      detail: 'No person that these credentials can see carries the name of an organization.',
    });
  },
};
