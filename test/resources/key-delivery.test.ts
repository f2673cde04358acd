import { afterEach, describe, expect, it } from 'vitest';
import { keyFingerprint } from '../../src/resources/access-key/index.ts';
import { keyDelivery } from '../../src/resources/key-delivery/index.ts';
import type { KeyDeliveryState, keyDeliverySchema } from '../../src/resources/key-delivery/schema.ts';
import { type Unknown, unknown } from '../../src/schema/value.ts';
import { Secret } from '../../src/secret.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { changeTo } from '../helpers/planned.ts';

const BLUE = 'BlueKeyOfThePair00001';
const GREEN = 'GreenKeyOfThePair0001';
const fingerprint = (username: string, key: string) => keyFingerprint(username, new Secret(key));

/** What an apply last confirmed: the store held the key of `username`. */
const confirmed = (username: string, key: string): KeyDeliveryState => ({
  username,
  key_fingerprint: fingerprint(username, key),
  stored_wo: '',
  username_field: 'username',
  access_key_field: 'access_key',
  idle_username: username === 'blue_1' ? 'green_1' : 'blue_1',
  store: 'vault: secret/key',
  mend: null,
  confirmed_at: '2026-03-02T09:00:00.000Z',
});

let world: LocalSession;
afterEach(() => world.close());

describe('a pair gives blue_1 a new key', () => {
  const plan = async (stored: string | Unknown, prior: KeyDeliveryState | undefined) => {
    world = await localSession({});
    const config = {
      ...confirmed('blue_1', BLUE),
      stored_wo: stored,
      key_fingerprint: unknown,
      confirmed_at: null,
    };
    const planned = { ...config, stored_wo: '', confirmed_at: unknown };
    return keyDelivery.plan?.(
      changeTo<typeof keyDeliverySchema>({
        action: prior === undefined ? 'create' : 'update',
        config,
        planned,
        prior,
      }),
      operation(world.session),
    );
  };

  it.each([
    ['holds its present credential', JSON.stringify({ username: 'blue_1', access_key: BLUE }), undefined],
    ['is not read, and was last seen to hold its key', unknown, confirmed('blue_1', BLUE)],
    ['holds the bare key that it was last seen to hold', `${BLUE}\n`, confirmed('blue_1', BLUE)],
  ] as const)('and is refused while the store %s', async (_what, stored, prior) => {
    const problem = await caught(plan(stored, prior));
    expect(problem).toMatchObject({ code: 'refused', path: ['stored_wo'] });
    expect(problem.summary).toBe('vault: secret/key still holds the credential that this plan would end');
  });

  it.each([
    ['holds the other credential', JSON.stringify({ username: 'green_1', access_key: GREEN }), undefined],
    [
      'was mended by hand',
      JSON.stringify({ username: 'green_1', access_key: GREEN }),
      confirmed('blue_1', BLUE),
    ],
    ['is not read, and was last seen to hold the other key', unknown, confirmed('green_1', GREEN)],
    ['is not read, and never was', unknown, undefined],
    ['holds the bare other key', GREEN, confirmed('blue_1', BLUE)],
  ] as const)('and may where the store %s', async (_what, stored, prior) => {
    await expect(plan(stored, prior)).resolves.not.toThrow();
  });
});
