import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessKey, ephemeralAccessKey, keyFingerprint } from '../../src/resources/access-key/index.ts';
import type { AccessKeyState, PlannedAccessKey } from '../../src/resources/access-key/schema.ts';
import { unconfigured } from '../../src/resources/access-key/state.ts';
import { serviceAccounts } from '../../src/resources/service-account/index.ts';
import { unknown } from '../../src/schema/value.ts';
import { Secret } from '../../src/secret.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, OWNER, operation } from '../helpers/local-session.ts';
import { undecidedKey } from '../helpers/planned.ts';

const LAG = { kind: 'stale-list', seconds: 60, path: '/user/service-accounts', times: 'always' } as const;
let world: LocalSession;
/** As it stands after a rotation, half a minute ago. */
let rotated: AccessKeyState;

const wish = (reason: string): PlannedAccessKey => ({
  ...unconfigured,
  username: 'nightly_1',
  export_access_key: true,
  triggers: new Map([['reason', reason]]),
  access_key: unknown,
  escrowed_access_key: null,
  ...undecidedKey,
});
const key = () => world.local.accounts()[0]?.accessKey ?? '';
const recycles = () => world.local.requests().filter(({ path }) => path.includes('recycle')).length;
const update = async (reason: string, prior: AccessKeyState) =>
  (await accessKey.update?.(wish(reason), prior, operation(await world.another()))) as AccessKeyState;

beforeEach(async () => {
  world = await localSession({
    seed: {
      organization: { name: 'Acme Inc.' },
      users: [{ ...OWNER, role: 'owner' }],
      service_accounts: [{ identifier: 'nightly', username: 'nightly_1' }],
    },
  });
  world.clock.advance(3_600_000);
  const adopted = await accessKey.create(wish('first'), operation<AccessKeyState>(world.session));
  rotated = await update('second', adopted);
  world.clock.advance(30_000);
  world.local.clearRequests();
  world.local.inject(LAG);
});
afterEach(() => world.close());

describe('a list that lags behind a rotation', () => {
  it('does not make a refresh forget the new key for the dead one', async () => {
    const op = operation(await world.another());
    expect(await accessKey.read(rotated, op)).toEqual(rotated);
    expect(op.warnings.map(({ summary }) => summary)).toEqual(['The list shows an old key of nightly_1']);
    world.clock.advance(60_000);
    const later = operation(await world.another());
    expect(await accessKey.read(rotated, later)).toEqual(rotated);
    expect(later.warnings).toEqual([]);
  });

  it('rotates nothing, and does not pass for a rotation elsewhere', async () => {
    const problem = await caught(update('third', rotated));
    expect(problem).toMatchObject({ code: 'stale', summary: 'The list shows a dead key of nightly_1' });
    expect(recycles()).toBe(0);
    world.clock.advance(60_000);
    expect((await update('third', rotated)).generation).toBe(3);
    expect(recycles()).toBe(1);
  });

  it('does not hide the new key from the run that rotated', async () => {
    world.local.clearFaults();
    const session = await world.another();
    const next = (await accessKey.update?.(wish('third'), rotated, operation(session))) as AccessKeyState;
    world.local.inject(LAG);
    // As when another rotation of the same run lists again.
    await session.snapshot(serviceAccounts).fresh();
    const given = { username: 'nightly_1', expected_fingerprint: next.key_fingerprint };
    const { result } = await ephemeralAccessKey.open(
      { ...given, access_key: null, key_fingerprint: null },
      operation(session),
    );
    expect(result.access_key === key()).toBe(true);
  });

  it('does not hand the dead key to a run that knows nothing of the rotation', async () => {
    const ended = async () => {
      const progress: string[] = [];
      const op = { ...operation(await world.another()), progress: (line: string) => progress.push(line) };
      const given = {
        username: 'nightly_1',
        expected_fingerprint: null,
        access_key: null,
        key_fingerprint: null,
      };
      const { result } = await ephemeralAccessKey.open(given, op);
      return { isAlive: result.access_key === key(), progress };
    };
    // The list catches up while it looks.
    expect(await ended()).toEqual({
      isAlive: true,
      progress: [3, 7, 20].map(
        (wait) => `the list shows a dead key of nightly_1; looking again in ${wait} s`,
      ),
    });
    world.local.clearFaults();
    await update('third', rotated);
    world.local.inject({ ...LAG, seconds: 600 });
    expect(await caught(ended())).toMatchObject({
      code: 'stale',
      summary: 'The list shows a dead key of nightly_1',
    });
  });

  it('shows a rotation elsewhere as such as soon as the key in it is alive', async () => {
    world.local.clearFaults();
    await update('elsewhere', rotated);
    const op = operation(await world.another());
    expect(await accessKey.read(rotated, op)).toMatchObject({
      rotation_status: 'changed_elsewhere',
      key_fingerprint: keyFingerprint('nightly_1', new Secret(key())),
    });
    expect(op.warnings.map(({ summary }) => summary)).toEqual([
      'The access key of "nightly" was rotated elsewhere',
    ]);
  });
});
