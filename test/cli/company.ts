import type { Seed } from '../../src/emulator/storage/seed.ts';

/** Begins every key of the company: must never be seen in any output. */
export const CANARY = 'canary-key';

/** 300 accounts in 20 teams and outside, with names that are hard on every writer. */
export function company(): Seed {
  const odd = [`it's $\{here}`, 'a "quoted" %{if}', 'back\\slash', 'Ümlaut & Ωmega', '2nd-line'];
  const teams = Array.from({ length: 15 }, (_, i) => ({ name: `Team ${i}` }));
  const oddTeams = odd.map((name) => ({ name: `T ${name}` }));
  const names = [...teams, ...oddTeams].map(({ name }) => name);
  return {
    organization: { name: 'Acme Inc.' },
    users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' }],
    teams: [...teams, ...oddTeams],
    service_accounts: Array.from({ length: 300 }, (_, i) => {
      const identifier = i < odd.length ? `${odd[i]}` : `${i % 2 ? 'CI' : 'ci'}-Account ${i}`;
      const team = i % 7 === 0 ? undefined : names[i % names.length];
      return { identifier, username: `user_${i}`, access_key: `${CANARY}-${i}`, ...(team ? { team } : {}) };
    }),
  };
}
