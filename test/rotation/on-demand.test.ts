import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActionEvent } from '../../src/provider/provider.ts';
import { Story } from './bench/story.ts';

let story: Story;
beforeEach(async () => {
  story = await Story.open('browserstack_access_key');
});
afterEach(() => story.world.close());

const ACTION = 'browserstack_rotate_access_key';
const rotate = (username: string, expected: unknown): Promise<readonly ActionEvent[]> =>
  story.invoke(ACTION, { username, reason: 'leaked', expected_fingerprint: String(expected) });

describe('the action that rotates at once', () => {
  it('tells both fingerprints and the reason, and the next plan adopts without rotating again', async () => {
    const key = { username: 'ci_a', triggers: new Map([['reason', '1']]), rotate_after_days: 30 };
    const { key_fingerprint: old } = await story.apply(key);
    const dead = story.key('ci_a');
    const events = await story.invoke(ACTION, { username: 'ci-a', reason: 'leaked in build 42' });
    expect(events.map((event) => (event.kind === 'progress' ? event.message : event.kind))).toEqual([
      'rotating ci_a (ci-a), because: leaked in build 42',
      'rotating the access key of ci_a',
      expect.stringMatching(new RegExp(`^rotated: fingerprint ${old} is dead, [0-9a-f]{16} is current$`)),
      'completed',
    ]);
    expect([dead, story.key('ci_a')].filter((one) => JSON.stringify(events).includes(one)).length).toBe(0);
    expect(story.world.rotations).toBe(1);

    const state = await story.apply(key);
    expect(story.world.isKnownTo(state)).toBe(true);
    expect(state).toMatchObject({ generation: 2, rotation_status: 'current' });
    expect((await story.plan(key)).isNoop).toBe(true);
    expect(story.world.rotations).toBe(1);
  });

  it('run twice with the expected fingerprint rotates once', async () => {
    const { key_fingerprint: expected } = await story.apply({ username: 'ci_a' });
    expect((await rotate('ci_a', expected)).at(-1)).toMatchObject({ kind: 'completed', diagnostics: [] });
    expect((await rotate('ci_a', expected)).at(-1)).toMatchObject({
      kind: 'completed',
      diagnostics: [{ severity: 'error', summary: 'The key of "ci-a" is another one already' }],
    });
    expect(story.world.rotations).toBe(1);
  });

  it('does nothing for an account that is not there', async () => {
    expect((await rotate('nobody', '0'.repeat(16))).at(-1)).toMatchObject({
      kind: 'completed',
      diagnostics: [{ severity: 'error' }],
    });
    expect(story.world.rotations).toBe(0);
  });
});

describe('a key rotated elsewhere', () => {
  const key = (onExternal: string, more = {}) => ({
    username: 'ci_a',
    on_external_rotation: onExternal,
    ...more,
  });
  const elsewhere = async (onExternal: string) => {
    await story.apply(key(onExternal));
    await story.world.rotateElsewhere('ci_a');
  };

  it('is rotated again where that is asked for, and says why', async () => {
    await elsewhere('rotate');
    const state = await story.apply(key('rotate'));
    expect(state.rotation_reason).toBe('rotated elsewhere, and on_external_rotation = "rotate"');
    expect(story.world.rotations).toBe(2);
    expect((await story.plan(key('rotate'))).isNoop).toBe(true);
  });

  it('stops everything where that is asked for, until somebody decides', async () => {
    await elsewhere('error');
    await expect(story.plan(key('error'))).rejects.toThrow('Find out who rotated it');
    expect(await story.apply(key('adopt'))).toMatchObject({ rotation_status: 'current', generation: 2 });
    expect(story.world.rotations).toBe(1);
  });

  it('keeps the evidence where a warning is asked for, and goes on warning', async () => {
    await elsewhere('warn');
    await story.apply(key('warn'));
    const { prior } = await story.plan(key('warn'));
    expect(prior).toMatchObject({ rotation_status: 'changed_elsewhere' });
    expect(await story.apply(key('adopt'))).toMatchObject({ rotation_status: 'current' });
    expect(story.world.rotations).toBe(1);
  });
});

describe('destroying a key', () => {
  it('forgets it, or kills it where that is asked for', async () => {
    const before = story.key('ci_a');
    await story.apply({ username: 'ci_a' });
    await story.destroy();
    expect(story.key('ci_a') === before).toBe(true);
    await story.apply({ username: 'ci_a', rotate_on_destroy: true });
    await story.destroy();
    expect(story.key('ci_a') === before).toBe(false);
    expect(story.world.rotations).toBe(1);
  });
});
