// Whatever members of any role do in whatever order: the laws of the organization hold after every step.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Client, orgAdmin, organization, owner, teamAdmin, user } from './organization.ts';

type Account = {
  identifier: string;
  username: string;
  authkey: string;
  teamName: string;
  mainGroup: boolean;
};

/** What the test knows to be true from the answers alone. */
interface Known {
  readonly acknowledged: Map<string, Account>;
  readonly deadKeys: string[];
}

const who = fc.constantFrom(owner, orgAdmin, teamAdmin, user);
const team = fc.constantFrom(undefined, 'Web', 'Mobile', 'Later', 'Acme Inc.', '');
const identifier = fc.oneof(
  fc.constantFrom('alpha', 'ALPHA', 'beta', 'gamma', 'delta'),
  fc.string({ unit: 'grapheme', minLength: 0, maxLength: 8 }),
);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('create' as const), who, identifier, team }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), who, pick: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('recycle' as const), pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('create-team' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('delete-team' as const),
      who,
      name: fc.constantFrom('Later', 'Mobile'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lost-create' as const), who, identifier }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

test('no sequence of operations by any roles breaks the laws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const client = await organization();
      const known: Known = { acknowledged: new Map(), deadKeys: [] };
      for (const account of (await client.ask(owner, 'GET /user/service-accounts')).body)
        known.acknowledged.set(account.username, account);
      for (const one of steps) {
        await take(client, known, one);
        await laws(client, known);
      }
    }),
    { numRuns: 120, seed: 20260301 },
  );
});

async function take(client: Client, known: Known, one: Step): Promise<void> {
  const { ask, stack } = client;
  const usernames = [...known.acknowledged.keys()];
  switch (one.kind) {
    case 'create': {
      const query = new URLSearchParams({
        identifier: one.identifier,
        ...(one.team === undefined ? {} : { teamName: one.team }),
      });
      const reply = await ask(one.who, `POST /user/service-accounts?${query}`);
      expect([200, 403, 422]).toContain(reply.status);
      if (reply.status === 200) known.acknowledged.set(reply.body.username, reply.body);
      return;
    }
    case 'lost-create': {
      stack.inject({ kind: 'drop', method: 'POST', path: '/user/service-accounts' });
      const query = new URLSearchParams({ identifier: one.identifier });
      await expect(ask(one.who, `POST /user/service-accounts?${query}`)).rejects.toThrow('fetch failed');
      // Whether it happened is told by the list alone, as a client would look it up.
      for (const account of (await ask(owner, 'GET /user/service-accounts')).body as Account[])
        if (!known.acknowledged.has(account.username)) {
          expect(account.identifier).toBe(one.identifier.trim());
          known.acknowledged.set(account.username, account);
        }
      return;
    }
    case 'delete': {
      const username = usernames[one.pick % Math.max(1, usernames.length)] ?? 'nobody';
      const reply = await ask(one.who, `DELETE /user/service-accounts?${new URLSearchParams({ username })}`);
      expect([200, 403, 404]).toContain(reply.status);
      if (reply.status !== 200) return;
      known.deadKeys.push(`${username}:${known.acknowledged.get(username)?.authkey}`);
      known.acknowledged.delete(username);
      return;
    }
    case 'recycle': {
      const account = known.acknowledged.get(usernames[one.pick % Math.max(1, usernames.length)] ?? '');
      if (account === undefined) return;
      const reply = await ask(`${account.username}:${account.authkey}`, 'PUT /automate/recycle_key.json');
      expect(reply.body.old_key).toBe(account.authkey);
      known.deadKeys.push(`${account.username}:${account.authkey}`);
      known.acknowledged.set(account.username, { ...account, authkey: reply.body.new_key });
      return;
    }
    case 'create-team':
      await ask(one.who, 'POST /user/create_team?team_name=Later');
      return;
    case 'delete-team': {
      const reply = await ask(one.who, `DELETE /user/delete_team?team_name=${one.name}`);
      if (reply.status !== 200) return;
      for (const [username, account] of known.acknowledged)
        if (account.teamName === one.name)
          known.acknowledged.set(username, { ...account, teamName: 'Acme Inc.', mainGroup: true });
    }
  }
}

async function laws({ ask, stack }: Client, known: Known): Promise<void> {
  const listed: Account[] = (await ask(owner, 'GET /user/service-accounts')).body;
  // Neither more nor fewer accounts than acknowledged, each as it was answered.
  expect(new Map(listed.map((account) => [account.username, account]))).toEqual(known.acknowledged);
  expect(new Set(listed.map(({ username }) => username)).size).toBe(listed.length);
  expect(new Set(listed.map(({ authkey }) => authkey)).size).toBe(listed.length);
  expect(new Set(listed.map(({ identifier }) => identifier.toLowerCase())).size).toBe(listed.length);
  expect((await ask(orgAdmin, 'GET /user/service-accounts')).body).toEqual(listed);
  // Nobody sees a key of somebody else's team.
  const seen: Account[] = (await ask(teamAdmin, 'GET /user/service-accounts')).body;
  expect(seen).toEqual(listed.filter(({ teamName }) => teamName === 'Web'));
  expect((await ask(user, 'GET /user/service-accounts')).status).toBe(403);
  // Dead keys stay dead, living ones live.
  for (const credentials of known.deadKeys.slice(-3))
    expect((await ask(credentials, 'GET /automate/plan.json')).status).toBe(401);
  for (const { username, authkey } of listed.slice(-2))
    expect((await ask(`${username}:${authkey}`, 'GET /automate/plan.json')).status).toBe(200);
  // Accounts are in teams that exist.
  const teams = new Set(['Acme Inc.', ...stack.teams().map(({ name }) => name)]);
  expect(listed.filter(({ teamName }) => !teams.has(teamName))).toEqual([]);
}

test('the budget never lets more pass than 5 and one per 4 seconds, however requests are spread', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9000), { minLength: 1, maxLength: 60 }), async (pauses) => {
      const { ask, clock } = await organization({ rateLimit: 'real' });
      const passed: number[] = [];
      for (const pause of pauses) {
        clock.advance(pause);
        const { status } = await ask(owner, 'GET /user/team_detail');
        expect([200, 429]).toContain(status);
        if (status === 200) passed.push(clock.now().getTime());
      }
      for (let from = 0; from < passed.length; from += 1)
        for (let to = from; to < passed.length; to += 1) {
          const seconds = ((passed[to] ?? 0) - (passed[from] ?? 0)) / 1000;
          expect(to - from + 1).toBeLessThanOrEqual(5 + Math.floor(seconds / 4 + 1e-9));
        }
    }),
    { numRuns: 100, seed: 20260301 },
  );
});
