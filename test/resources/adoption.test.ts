import { afterEach, describe, expect, it } from 'vitest';
import type { ListedObject } from '../../src/lifecycle/provider-definition.ts';
import {
  serviceAccount,
  serviceAccountDataSource,
  serviceAccountList,
  unmanagedServiceAccountsDataSource,
} from '../../src/resources/service-account/index.ts';
import { team, teamList } from '../../src/resources/team/index.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { acmeSeed } from '../helpers/planned.ts';

let world: LocalSession;
afterEach(() => world.close());

const nothing = { team: null, organization_level: null, identifier_prefix: null, except: null };
const all = async (listed: AsyncIterable<ListedObject>) => {
  const objects: ListedObject[] = [];
  for await (const object of listed) objects.push(object);
  return objects;
};
const accounts = async (config: Partial<Parameters<typeof serviceAccountList.list>[0]> = {}) =>
  all(serviceAccountList.list({ ...nothing, ...config }, operation(world.session)));

describe('listing what could be adopted', () => {
  it('shows accounts with identity and whole state, never a key, for one request', async () => {
    world = await localSession({ seed: acmeSeed });
    const found = await accounts();
    expect(found.map(({ displayName }) => displayName)).toEqual([
      'nightly (organization)',
      'payments-ci (Payments)',
      'search-ci (Search)',
    ]);
    expect(found[1]?.identity).toEqual({ username: 'paymentsci_1' });
    expect(found[1]?.state).toMatchObject({ identifier: 'payments-ci', deletion_protection: true });
    for (const { accessKey } of world.local.accounts())
      expect(JSON.stringify(found)).not.toContain(accessKey);
    expect(world.local.requests()).toHaveLength(1);
  });

  it.each([
    [{ team: 'Search' }, ['searchci_1']],
    [{ organization_level: true }, ['nightly_1']],
    [{ organization_level: false }, ['paymentsci_1', 'searchci_1']],
    [{ identifier_prefix: 'PAY' }, ['paymentsci_1']],
    [{ except: ['nightly_1', 'searchci_1'] }, ['paymentsci_1']],
    [{ team: 'Nobody' }, []],
  ])('filters by %j', async (config, usernames) => {
    world = await localSession({ seed: acmeSeed });
    expect((await accounts(config)).map(({ identity }) => identity.username)).toEqual(usernames);
  });

  it('shows teams', async () => {
    world = await localSession({ seed: acmeSeed });
    const list = (config: { name_prefix: string | null; except: readonly string[] | null }) =>
      all(teamList.list(config, operation(world.session)));
    expect((await list({ name_prefix: null, except: null })).map(({ identity }) => identity.name)).toEqual([
      'Payments',
      'Search',
    ]);
    expect(await list({ name_prefix: 'se', except: ['Search'] })).toEqual([]);
  });

  it('leads to an import by identity that is the whole object', async () => {
    world = await localSession({ seed: acmeSeed });
    for (const { identity, state } of await accounts())
      expect(await serviceAccount.importIdentity?.(identity, operation(world.session))).toEqual(state);
    const gone = Promise.resolve(
      serviceAccount.importIdentity?.({ username: 'nobody_1' }, operation(world.session)),
    );
    expect(await caught(gone)).toMatchObject({ code: 'not_found' });
    expect(await team.importIdentity?.({ name: 'Search' }, operation(world.session))).toMatchObject({
      name: 'Search',
      deletion_protection: true,
    });
  });
});

describe('the unmanaged accounts', () => {
  it('are all but the managed ones, with duplicates and what is missing', async () => {
    world = await localSession({
      seed: {
        ...acmeSeed,
        service_accounts: [
          ...acmeSeed.service_accounts,
          { identifier: 'Nightly', username: 'nightly_2', team: 'Search' },
        ],
      },
    });
    const managed = ['nightly_1', 'gone_1'];
    const found = await unmanagedServiceAccountsDataSource.read(
      { managed } as never,
      operation(world.session),
    );
    const usernames = (some: readonly { readonly username: string }[]) =>
      some.map(({ username }) => username);
    expect(usernames(found.service_accounts)).toEqual(['nightly_2', 'paymentsci_1', 'searchci_1']);
    expect(usernames(found.duplicates)).toEqual(['nightly_1', 'nightly_2']);
    expect(found.missing).toEqual(['gone_1']);
  });
});

describe('one account as data', () => {
  it('keeps the identifier as it was written', async () => {
    world = await localSession({ seed: acmeSeed });
    const config = { identifier: 'NIGHTLY', username: null } as never;
    expect(await serviceAccountDataSource.read(config, operation(world.session))).toMatchObject({
      identifier: 'NIGHTLY',
      username: 'nightly_1',
    });
  });
});
