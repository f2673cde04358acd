import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { armor, Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFingerprint } from '../../src/resources/access-key/index.ts';
import type { Value } from '../../src/schema/value.ts';
import { Secret } from '../../src/secret.ts';
import { Story } from './bench/story.ts';

let story: Story;
let directory: string;
let identity: string;
let recipient: string;
beforeEach(async () => {
  story = await Story.open('browserstack_access_key');
  directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-escrow-'));
  identity = await generateIdentity();
  recipient = await identityToRecipient(identity);
});
afterEach(async () => {
  await story.world.close();
  await rm(directory, { recursive: true, force: true });
});

const key = (reason: string, more: Readonly<Record<string, Value>> = {}) => ({
  username: 'ci_a',
  triggers: new Map([['reason', reason]]),
  ...more,
});
const escrow = () => ({ escrow_recipient: recipient, escrow_directory: directory });
const current = () => story.key('ci_a');
const fingerprint = () => keyFingerprint('ci_a', new Secret(current()));

/** What stands in a sealed text, for whoever holds the identity. */
async function opened(sealed: unknown): Promise<unknown> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return JSON.parse(await decrypter.decrypt(armor.decode(String(sealed)), 'text'));
}
const isCurrent = async (sealed: unknown) => {
  const credential = (await opened(sealed)) as { username: string; access_key: string };
  return credential.username === 'ci_a' && credential.access_key === current();
};

describe('escrow', () => {
  it('has a sealed copy of each key, in state and in the directory, and nobody else can read it', async () => {
    const first = await story.apply(key('1', escrow()));
    expect(await isCurrent(first.escrowed_access_key)).toBe(true);
    const second = await story.apply(key('2', escrow()));
    expect(await isCurrent(second.escrowed_access_key)).toBe(true);
    const files = await readdir(directory);
    expect(files.sort()).toEqual(
      [`ci_a.${String(first.key_fingerprint)}.age`, `ci_a.${fingerprint()}.age`].sort(),
    );
    const file = join(directory, `ci_a.${fingerprint()}.age`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await isCurrent(await readFile(file, 'utf8'))).toBe(true);
    expect(JSON.stringify(second).includes(current())).toBe(false);
  });

  it('is tried out before the rotation: a place that cannot be written to costs no key', async () => {
    await story.apply(key('1', escrow()));
    const before = current();
    await rm(directory, { recursive: true });
    await expect(story.apply(key('2', escrow()))).rejects.toThrow('Nothing was rotated.');
    expect(current() === before).toBe(true);
    expect(story.world.rotations).toBe(0);
  });
});

describe('where BrowserStack hides the keys', () => {
  const hide = () =>
    story.world.local.inject({
      kind: 'missing-field',
      field: 'authkey',
      path: '/user/service-accounts',
      times: 'always',
    });
  const known = (access_key: string) => ({ current_access_key: access_key });

  it('a key is adopted from what the user knows, and rotated into the escrow', async () => {
    hide();
    await expect(story.apply(key('1'))).rejects.toThrow('current_access_key');
    await story.apply(key('1', { ...known(current()), ...escrow() }));
    const old = current();
    const state = await story.apply(key('2', { ...known(old), ...escrow() }));
    expect(story.world.rotations).toBe(1);
    expect(state).toMatchObject({ generation: 2, key_fingerprint: fingerprint(), access_key: null });
    expect(await isCurrent(state.escrowed_access_key)).toBe(true);
  });

  it('an exported key is rotated again and again, without anybody giving it', async () => {
    hide();
    const exported = (reason: string, first: string) =>
      key(reason, { ...known(first), export_access_key: true });
    const first = current();
    for (const reason of ['1', '2', '3']) await story.apply(exported(reason, first));
    expect(story.world.rotations).toBe(2);
    expect(story.world.isKnownTo(story.state)).toBe(true);
    expect((await story.plan(exported('3', first))).isNoop).toBe(true);
  });

  it('nothing is rotated when nobody would keep the new key', async () => {
    hide();
    const given = known(current());
    await story.apply(key('1', given));
    await expect(story.apply(key('2', given))).rejects.toThrow(/Nothing was rotated.*escrow_recipient/u);
    expect(story.world.rotations).toBe(0);
  });

  it('an answer that gets lost loses the key; it says so, and takes the one that it is given instead', async () => {
    hide();
    const given = { ...known(current()), ...escrow() };
    await story.apply(key('1', given));
    story.world.local.inject({ kind: 'drop', path: '/automate/recycle_key.json' });
    await expect(story.apply(key('2', given))).rejects.toThrow('give it as current_access_key and apply');
    expect(story.state).toMatchObject({ rotation_status: 'lost' });
    // However often it is applied: what is lost is not rotated away again.
    await story.apply(key('2', given));
    expect(story.warnings).toEqual(['The access key of ci_a is lost']);
    expect(story.world.rotations).toBe(1);

    const state = await story.apply(key('2', { ...known(current()), ...escrow() }));
    expect(state).toMatchObject({
      rotation_status: 'current',
      key_fingerprint: fingerprint(),
      rotation_reason: 'the lost key was replaced by the given one',
    });
    expect(story.world.rotations).toBe(1);
    expect(await isCurrent(state.escrowed_access_key)).toBe(true);
  });
});
