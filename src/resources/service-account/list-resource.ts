import type { ListResource } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import { isUnknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { serviceAccounts } from './api.ts';
import { stateOf } from './resource.ts';

const schema = defineSchema({
  description:
    'Service accounts, to import many at once (`terraform query`, Terraform 1.14). No key is ever listed. Costs one request per run.',
  attributes: {
    team: attribute.string({ optional: true, description: 'Only accounts of this team.' }),
    organization_level: attribute.bool({
      optional: true,
      description: 'Only accounts of the organization (`true`) or only those of teams (`false`).',
    }),
    identifier_prefix: attribute.string({
      optional: true,
      description: 'Only accounts whose identifier starts with this, whatever its case.',
    }),
    except: attribute.stringSet({
      optional: true,
      description:
        'Not these user names: those that are managed already. A provider does not see the state, so they have to be given.',
    }),
  },
});

export const serviceAccountList: ListResource<Session, typeof schema> = {
  type: 'browserstack_service_account',
  schema,
  async *list({ team, organization_level: level, identifier_prefix: prefix, except }, { session }) {
    if (isUnknown(team) || isUnknown(level) || isUnknown(prefix) || isUnknown(except))
      throw new Error('a list was asked for with unknown configuration');
    const managed = new Set<unknown>(except ?? []);
    const wanted = (await session.snapshot(serviceAccounts).get()).filter(
      (account) =>
        (team === null || account.team === team) &&
        (level === null || (account.team === undefined) === level) &&
        (prefix === null || account.identifier.toLowerCase().startsWith(prefix.toLowerCase())) &&
        !managed.has(account.username),
    );
    for (const account of wanted.sort((a, b) => a.identifier.localeCompare(b.identifier, 'en')))
      yield {
        displayName: `${account.identifier} (${account.team ?? 'organization'})`,
        identity: { username: account.username },
        state: stateOf(account),
      };
  },
};
