import type { Change } from '../../src/lifecycle/resource.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { unknown } from '../../src/schema/value.ts';

/** A service account as a plan has it before it is made. */
export const plannedAccount = (identifier: string, team: string | null = null) => ({
  identifier,
  team,
  deletion_protection: true,
  deletion_policy: 'delete',
  consumers: null,
  username: unknown,
  organization_level: team === null,
});

/** The computed values of an access key as a plan has them that rotates or adopts it. */
export const undecidedKey = {
  key_fingerprint: unknown,
  key_version: unknown,
  generation: unknown,
  rotated_at: unknown,
  schedule_base: unknown,
  rotation_due_at: unknown,
  rotation_status: unknown,
  rotation_reason: unknown,
  rotation_cause: unknown,
  rotation_pending: unknown,
  identifier: unknown,
  team: unknown,
};

/** What an engine asks a noun about in a plan; nothing unless given. */
export const changeTo = <S extends Schema>(over: Partial<Change<S>>): Change<S> => ({
  action: 'create',
  config: undefined,
  prior: undefined,
  planned: undefined,
  replaces: [],
  ...over,
});

/** The seed most tests start from, and people with every kind of role. */
export const acmeSeed = {
  organization: { name: 'Acme Inc.' },
  users: [
    { username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const },
    { username: 'pay_admin', access_key: 'pay-admin-key-000001', role: 'admin' as const, team: 'Payments' },
    { username: 'org_admin', access_key: 'org-admin-key-000001', role: 'admin' as const },
    { username: 'just_a_user', access_key: 'just-a-user-key-0001', role: 'user' as const },
  ],
  teams: [{ name: 'Payments' }, { name: 'Search' }],
  service_accounts: [
    { identifier: 'nightly', username: 'nightly_1' },
    { identifier: 'payments-ci', username: 'paymentsci_1', team: 'Payments' },
    { identifier: 'search-ci', username: 'searchci_1', team: 'Search' },
  ],
};

/** The settings of another person of the seed. */
export const as = (username: string) => ({
  username,
  access_key: acmeSeed.users.find((user) => user.username === username)?.access_key ?? '',
});
