import type { ListResource } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import { isUnknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { teams } from './api.ts';
import { stateOf } from './resource.ts';

const schema = defineSchema({
  description:
    'Teams, to import many at once (`terraform query`, Terraform 1.14). Costs one request per run.',
  attributes: {
    name_prefix: attribute.string({
      optional: true,
      description: 'Only teams whose name starts with this, whatever its case.',
    }),
    except: attribute.stringSet({
      optional: true,
      description:
        'Not these names: those that are managed already. A provider does not see the state, so they have to be given.',
    }),
  },
});

export const teamList: ListResource<Session, typeof schema> = {
  type: 'browserstack_team',
  schema,
  async *list({ name_prefix: prefix, except }, { session }) {
    if (isUnknown(prefix) || isUnknown(except))
      throw new Error('a list was asked for with unknown configuration');
    const managed = new Set<unknown>(except ?? []);
    const wanted = (await session.snapshot(teams).get()).filter(
      ({ name }) =>
        (prefix === null || name.toLowerCase().startsWith(prefix.toLowerCase())) && !managed.has(name),
    );
    for (const team of wanted.sort((a, b) => a.name.localeCompare(b.name, 'en')))
      yield { displayName: team.name, identity: { name: team.name }, state: stateOf(team) };
  },
};
