import { afterEach, describe, expect, it } from 'vitest';
import { serviceAccount } from '../../../src/resources/service-account/index.ts';
import type { ServiceAccountState } from '../../../src/resources/service-account/schema.ts';
import { team } from '../../../src/resources/team/index.ts';
import type { TeamState } from '../../../src/resources/team/schema.ts';
import { caught } from '../../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../../helpers/local-session.ts';
import { acmeSeed, changeTo, plannedAccount } from '../../helpers/planned.ts';

let world: LocalSession;
afterEach(() => world.close());

const managed = async (id: string, over: Partial<ServiceAccountState> = {}) =>
  // An import of an account that exists gives all of it.
  ({ ...(await serviceAccount.importState?.(id, operation(world.session))), ...over }) as ServiceAccountState;
const planOf = async (change: Parameters<typeof changeTo>[0]) => {
  const op = operation(world.session);
  // The values are those of the schema.
  const answer = await serviceAccount.plan?.(changeTo(change as never), op);
  return { answer, warnings: op.warnings };
};

describe('protection against deletion', () => {
  it('holds for what an older state or an import leaves open', async () => {
    world = await localSession({ seed: acmeSeed });
    const prior = await managed('nightly');
    const open = { ...prior, deletion_protection: null, deletion_policy: null } as never;
    expect(await caught(planOf({ action: 'delete', prior: open }))).toMatchObject({ code: 'refused' });
  });

  it('names the consumers of a protected account', async () => {
    world = await localSession({ seed: acmeSeed });
    const prior = await managed('nightly', { consumers: ['github.com/acme/web', 'Jenkins'] });
    const problem = await caught(planOf({ action: 'delete', prior }));
    expect(problem.detail).toContain('Declared consumers: github.com/acme/web, Jenkins.');
  });

  it('lists the consumers that a replacement or a deletion reaches', async () => {
    world = await localSession({ seed: acmeSeed });
    const prior = await managed('nightly', { consumers: ['Jenkins'], deletion_protection: false });
    const planned = plannedAccount('nightly', 'Search');
    const replaced = await planOf({ action: 'replace', prior, planned, replaces: [['team']] });
    expect(replaced.warnings[0]?.summary).toContain('gets a new user name and a new key');
    expect(replaced.warnings[0]?.detail).toContain('Declared consumers: Jenkins.');
    const deleted = await planOf({ action: 'delete', prior });
    expect(deleted.warnings[0]?.detail).toContain('Jenkins');
  });
});

describe('deletion_policy = "abandon"', () => {
  it('lets a protected account go, says so, and deletes nothing', async () => {
    world = await localSession({ seed: acmeSeed });
    const prior = await managed('nightly', { deletion_policy: 'abandon' });
    const { warnings } = await planOf({ action: 'delete', prior });
    expect(warnings[0]?.summary).toContain('is no longer managed and lives on');
    world.local.clearRequests();
    await serviceAccount.delete(prior, operation(world.session));
    expect(world.local.requests()).toEqual([]);
    expect(world.local.accounts()).toHaveLength(3);
  });

  it('still refuses to replace a protected account', async () => {
    world = await localSession({ seed: acmeSeed });
    const prior = await managed('nightly', { deletion_policy: 'abandon' });
    const planned = plannedAccount('other');
    expect(await caught(planOf({ action: 'replace', prior, planned }))).toMatchObject({ code: 'refused' });
  });

  it('refuses a replacement that would need the identifier of the abandoned account', async () => {
    world = await localSession({ seed: acmeSeed });
    const prior = await managed('nightly', { deletion_policy: 'abandon', deletion_protection: false });
    const planned = plannedAccount('Nightly', 'Search');
    const problem = await caught(planOf({ action: 'replace', prior, planned }));
    expect(problem).toMatchObject({ code: 'refused', path: ['identifier'] });
    const other = await planOf({ action: 'replace', prior, planned: plannedAccount('nightly-2') });
    expect(other.warnings[0]?.detail).toContain('nightly_1 lives on unmanaged');
  });

  it('keeps a team too', async () => {
    world = await localSession({ seed: acmeSeed });
    const state = (await team.importState?.('Search', operation(world.session))) as TeamState;
    const op = operation<TeamState>(world.session);
    const abandoned = { ...state, deletion_policy: 'abandon' };
    await team.plan?.(changeTo({ action: 'delete', prior: abandoned }), op);
    expect(op.warnings[0]?.summary).toContain('lives on');
    await team.delete(abandoned, op);
    expect(world.local.teams()).toHaveLength(2);
  });
});
