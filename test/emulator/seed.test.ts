import { expect, test } from 'vitest';
import { createLocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { defaultSeed, parseSeed } from '../../src/emulator/storage/seed.ts';
import { type Problem, problemsOf } from '../../src/errors.ts';
import { asking, seed } from './organization.ts';

test('a seed is read from text or value', () => {
  expect(parseSeed(JSON.stringify(seed))).toEqual(seed);
  expect(parseSeed(seed)).toEqual(seed);
});

test('the default is an Enterprise organization with one member of every role and no account', async () => {
  const stack = await createLocalBrowserStack();
  const ask = asking((request) => stack.fetch(request));
  expect(stack.accounts()).toEqual([]);
  expect(stack.users().map(({ username, role, team }) => [username, role, team])).toEqual([
    ['owner_local', 'owner', null],
    ['orgadmin_local', 'admin', null],
    ['teamadmin_local', 'admin', 'Core'],
    ['user_local', 'user', 'Core'],
  ]);
  for (const { username, access_key } of defaultSeed.users ?? [])
    expect((await ask(`${username}:${access_key}`, 'GET /automate/plan.json')).status).toBe(200);
});

test('every problem is told at once, with its place', () => {
  const wrong = {
    organization: { name: '', plan: 'gold' },
    users: [
      { username: 'a:b', access_key: 'x', role: 'boss' },
      { username: 'c', role: 'user' },
    ],
    service_accounts: [{ team: 'Web' }],
  };
  expect(pathsOf(wrong)).toEqual([
    'organization.plan',
    'organization.name',
    'users.0.username',
    'users.0.role',
    'users.1.access_key',
    'service_accounts.0.identifier',
    'service_accounts.0.team',
  ]);
});

test('names must exist, and exist once; there is one Owner, and no team of the owner', () => {
  const wrong = {
    organization: { name: 'Acme' },
    teams: [{ name: 'Web' }, { name: 'Web' }, { name: 'Acme' }],
    users: [
      { username: 'olivia', access_key: 'k', role: 'owner', team: 'Web' },
      { username: 'olivia', access_key: 'k', role: 'owner' },
      { username: 'tara', access_key: 'k', role: 'admin', team: 'Ghosts' },
    ],
    service_accounts: [
      { identifier: 'one', username: 'tara' },
      { identifier: 'two', team: 'Nobody' },
      { identifier: 'three', team: 'Acme' },
    ],
  };
  expect(pathsOf(wrong)).toEqual([
    'teams.1.name',
    'teams.2.name',
    'users.1.username',
    'service_accounts.0.username',
    'users.0.team',
    'users.1.role',
    'users.2.team',
    'service_accounts.1.team',
  ]);
});

test('a mistake of shape in one place hides none of sense in another', () => {
  const wrong = {
    organization: { name: 'Acme', plan: 'gold' },
    teams: [{ name: 'Web' }, { name: 'WEB' }, 7],
    users: [
      { username: 'olivia', access_key: 'k', role: 'owner', team: 'Ghosts' },
      { username: 'tara', role: 'admin', email: 'Olivia@example.com', additional_teams: ['Web', 'Ghosts'] },
      null,
    ],
    service_accounts: { identifier: 'not a list' },
  };
  expect(pathsOf(wrong).sort()).toEqual([
    'organization.plan',
    'service_accounts',
    'teams.1.name',
    'teams.2',
    'users.0.team',
    'users.0.team',
    'users.1.access_key',
    'users.1.additional_teams.1',
    'users.1.email',
    'users.2',
  ]);
  for (const nonsense of [null, 7, [], { teams: 'Web' }]) expect(pathsOf(nonsense)).not.toEqual([]);
});

test('a seed that is not JSON says where it broke, without its content', () => {
  expect(() => parseSeed('{"organization": ')).toThrow('The seed is not JSON');
});

function pathsOf(input: unknown): string[] {
  try {
    parseSeed(input);
  } catch (error) {
    return problemsOf(error).map((problem: Problem) => (problem.path ?? []).join('.'));
  }
  return [];
}
