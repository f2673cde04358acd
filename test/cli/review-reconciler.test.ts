// The plans of this product's own reconciler, reviewed as those of an engine: in both forms, from the same world.

import { readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Console, openConsole } from './console.ts';

const STRAY = 'StrayCanaryKey000001';
const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const }],
  service_accounts: [{ identifier: 'stray', username: 'stray_1', access_key: STRAY }],
};
const stack = (identifier: string, team: string) => ({
  browserstack_team: { payments: { name: team, deletion_protection: false } },
  browserstack_service_account: {
    ci: {
      identifier,
      team: `\${browserstack_team.payments.name}`,
      consumers: ['GitHub: acme/payments', 'owner: jane@acme.test'],
      deletion_protection: false,
    },
  },
});

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({ seed });
});
afterEach(() => shell.close());

interface Told {
  readonly code: number;
  readonly verdict: string;
  readonly events: readonly string[];
  readonly cost: { readonly writes: number; readonly lists: number };
  readonly rules: readonly string[];
}

/** What the review says of the plan as it is printed; the same as of the one that is kept, or it throws. */
async function reviewed(...options: readonly string[]): Promise<Told> {
  const planned = await shell.run('plan', '--json', ...options);
  await shell.write('printed.json', planned.stdout);
  const kept = join(shell.cwd, 'kept.json');
  rmSync(kept, { force: true });
  await shell.run('plan', '--out', 'kept.json', ...options);
  await writeFile(
    join(shell.cwd, 'utf16.json'),
    Buffer.from(`\ufeff${readFileSync(kept, 'utf8')}`, 'utf16le'),
  );
  const told: Told[] = [];
  for (const file of ['printed.json', 'kept.json', 'utf16.json']) {
    const { code, stdout, stderr } = await shell.run('review', file, '--json');
    expect([stderr, stdout.includes(STRAY)]).toEqual(['', false]);
    const { verdict, changes, cost, findings } = JSON.parse(stdout);
    told.push({
      code,
      verdict,
      events: changes.map(({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`),
      cost: { writes: cost.writes, lists: cost.lists },
      rules: findings
        .filter(({ level }: { level: string }) => level === 'error')
        .map(({ rule }: { rule: string }) => rule),
    });
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
  const [first] = told;
  if (first === undefined) throw new Error('nothing was reviewed');
  const { cost } = JSON.parse(planned.stdout);
  expect(first.cost).toEqual({ writes: cost.writes, lists: cost.lists });
  return first;
}

const applied = async (...options: readonly string[]) =>
  expect(await shell.run('apply', '--auto-approve', ...options)).toMatchObject({ code: 0 });

describe('review of a plan of the reconciler', () => {
  it('what is made breaks nothing, and what is there is quiet', async () => {
    await shell.synth(stack('payments-ci', 'Payments'));
    expect(await reviewed()).toMatchObject({
      code: 0,
      verdict: 'ok',
      events: ['create Payments', 'create payments-ci'],
      rules: [],
    });
    await applied();
    expect(await reviewed()).toMatchObject({ code: 0, verdict: 'quiet', events: [] });
  });

  it('another team is another account, in one event', async () => {
    await shell.synth(stack('payments-ci', 'Payments'));
    await applied();
    await shell.synth(stack('payments-ci', 'Payments and Billing'));
    expect(await reviewed()).toMatchObject({
      code: 2,
      verdict: 'danger',
      events: ['replace Payments', 'replace payments-ci'],
      rules: ['replacement-needs-approval', 'replacement-needs-approval', 'delivery-before-replacement'],
    });
  });

  it('what is taken over breaks nothing, and its key rotates by a trigger as with an engine', async () => {
    const keyed = (n: string) => ({
      browserstack_service_account: { stray: { identifier: 'stray', consumers: ['GitHub: acme/stray'] } },
      browserstack_access_key: {
        stray: {
          username: `\${browserstack_service_account.stray.username}`,
          triggers: { n },
          rotate_after_days: 90,
        },
      },
    });
    await shell.synth(keyed('1'), { import: [{ to: 'browserstack_service_account.stray', id: 'stray_1' }] });
    expect(await reviewed()).toMatchObject({
      code: 0,
      verdict: 'ok',
      events: ['adopt stray', 'adopt stray'],
      rules: [],
    });
    await applied();
    await shell.synth(keyed('2'));
    expect(await reviewed()).toMatchObject({ code: 2, verdict: 'look', events: ['rotate stray'], rules: [] });
  });

  it('what is pruned dies, and whoever uses it is cut off', async () => {
    await shell.synth(stack('payments-ci', 'Payments'));
    await applied();
    const { browserstack_service_account: _, ...team } = stack('payments-ci', 'Payments');
    await shell.synth(team);
    expect(await reviewed()).toMatchObject({ code: 0, verdict: 'quiet' });
    expect(await reviewed('--prune-only', 'service_account')).toMatchObject({
      code: 2,
      verdict: 'danger',
      events: expect.arrayContaining(['delete payments-ci']),
      rules: expect.arrayContaining(['deletion-needs-approval']),
    });
  });

  it('is held to the policy that is there', async () => {
    await shell.synth(stack('payments-ci', 'Payments'));
    await shell.write('browserstack.policy.json', { version: 1, rules: { 'owner-declared': 'error' } });
    const {
      browserstack_service_account: { ci },
      ...rest
    } = stack('payments-ci', 'Payments');
    await shell.synth({ ...rest, browserstack_service_account: { ci: { ...ci, consumers: [] } } });
    expect(await reviewed()).toMatchObject({ code: 2, rules: ['owner-declared'] });
  });
});
