import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessKey } from '../../src/resources/access-key/index.ts';
import { credentialPair } from '../../src/resources/credential-pair/index.ts';
import { serviceAccount, serviceAccountDataSource } from '../../src/resources/service-account/index.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { type Console, openConsole } from './console.ts';

const CANARY = 'canary-key-4711';
/** The user name of the first is the identifier of the second. */
const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const }],
  service_accounts: [
    { identifier: 'deploy', username: 'build_1', access_key: `${CANARY}-deploy` },
    { identifier: 'Build_1', username: 'other_2', access_key: `${CANARY}-build` },
    { identifier: 'alone', username: 'alone_3', access_key: `${CANARY}-alone` },
  ],
};

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({ seed });
});
afterEach(() => shell.close());

const untouched = () => shell.local.accounts().every(({ accessKey: key }) => key.startsWith(CANARY));

describe('a name that is the user name of one account and the identifier of another', () => {
  it('is refused by every command, and both are named with what means one of them', async () => {
    for (const argv of [
      ['rotate', 'build_1', '--yes'],
      ['rotate', 'build_1', '--dry-run'],
      ['keys', 'build_1'],
      ['keys', 'build_1', '--reveal'],
    ]) {
      const refused = await shell.run(...argv);
      expect(refused, argv.join(' ')).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('[conflict]');
      expect(refused.stderr).toContain('"deploy" (username=build_1)');
      expect(refused.stderr).toContain('"Build_1" (username=other_2)');
    }
    expect(untouched()).toBe(true);
  });

  it('is told apart by the words that the refusal gives', async () => {
    const revealed = async (name: string) => (await shell.run('keys', name, '--reveal')).stdout;
    expect(await revealed('username=build_1')).toBe(`${CANARY}-deploy`);
    expect(await revealed('username=other_2')).toBe(`${CANARY}-build`);
    expect(await revealed('identifier=build_1')).toBe(`${CANARY}-build`);
    expect(await revealed('deploy')).toBe(`${CANARY}-deploy`);
    expect(await revealed('other_2')).toBe(`${CANARY}-build`);
    expect(await revealed('alone')).toBe(`${CANARY}-alone`);
  });

  it('leaves the account that was meant reachable when its hand-over fails', async () => {
    const failed = await shell.run('rotate', 'username=build_1', '--yes', '--pipe-to', 'exit 3');
    const [, advice] = /take it with: browserstack-iac (.*)/u.exec(failed.stderr) ?? [];
    const taken = await shell.run(...(advice ?? '').split(' '));
    const now = shell.local.accounts().find(({ username }) => username === 'build_1')?.accessKey;
    expect(taken.stdout === now).toBe(true);
  });

  it('is imported as the one that adoption writes', async () => {
    const { stdout } = await shell.run('adopt', '--json');
    const ids = JSON.parse(stdout).objects.map(({ import_id }: { import_id: string }) => import_id);
    expect(ids.sort()).toEqual(['alone_3', 'other_2', 'username=build_1']);
  });
});

describe('the same name in a configuration', () => {
  let world: LocalSession;
  beforeEach(async () => {
    world = await localSession({ seed });
  });
  afterEach(() => world.close());

  it('cannot be imported; with the words of the refusal it can', async () => {
    const op = operation(world.session);
    for (const imported of [
      () => serviceAccount.importState?.('build_1', op),
      () => accessKey.importState?.('build_1', op),
      () => credentialPair.importState?.('alone,build_1', op),
    ]) {
      const refused = await caught(Promise.resolve(imported()));
      expect(refused).toMatchObject({ code: 'conflict' });
      expect(refused.message).toContain('username=build_1');
      expect(refused.message).toContain('username=other_2');
    }
    expect(await serviceAccount.importState?.('username=build_1', op)).toMatchObject({
      identifier: 'deploy',
    });
    expect(await accessKey.importState?.('identifier=build_1', op)).toMatchObject({ username: 'other_2' });
  });

  it('means what the attribute says that it is, in a data source and in an identity', async () => {
    const op = operation(world.session);
    expect(
      await serviceAccountDataSource.read(
        { identifier: 'build_1', username: null, team: null, organization_level: null },
        op,
      ),
    ).toMatchObject({ username: 'other_2' });
    expect(
      await serviceAccountDataSource.read(
        { identifier: null, username: 'build_1', team: null, organization_level: null },
        op,
      ),
    ).toMatchObject({ identifier: 'deploy' });
    expect(await serviceAccount.importIdentity?.({ username: 'build_1' }, op)).toMatchObject({
      identifier: 'deploy',
    });
  });
});
