import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unknown, type Value } from '../../src/schema/value.ts';
import { Story } from './bench/story.ts';

let story: Story;
beforeEach(async () => {
  story = await Story.open('browserstack_credential_pair');
});
afterEach(() => story.world.close());

const pair = (more: Readonly<Record<string, Value>> = {}) => ({
  username_a: 'ci_a',
  username_b: 'ci_b',
  ...more,
});
const monthly = (more: Readonly<Record<string, Value>> = {}) => pair({ rotate_after_days: 30, ...more });
const trigger = (reason: string) => ({ triggers: new Map([['reason', reason]]) });
const keys = () => [story.key('ci_a'), story.key('ci_b')];

/** A session on the hub, opened with whatever credential this account has now. */
async function session(username: string): Promise<number> {
  const options = { userName: username, accessKey: story.key(username) };
  const body = JSON.stringify({
    capabilities: { alwaysMatch: { browserName: 'Chrome', 'bstack:options': options } },
  });
  const url = `${story.world.place.url}/wd/hub/session`;
  return (await story.world.local.fetch(new Request(url, { method: 'POST', body }))).status;
}

describe('a pair', () => {
  it('adopts both accounts, and rotates neither', async () => {
    const before = keys();
    const state = await story.apply(monthly());
    expect(state).toMatchObject({ active_slot: 'a', username: 'ci_a', idle_username: 'ci_b', generation: 1 });
    expect(state).toMatchObject({ idle_slot_status: 'spare', rotation_status: 'current', access_key: null });
    expect(keys()).toEqual(before);
    expect((await story.plan(monthly())).isNoop).toBe(true);
  });

  it('rotates the idle account when it is due, changes places, and leaves the former key alive', async () => {
    await story.apply(monthly());
    const [a, b] = keys();
    story.pass(31);
    const plan = await story.plan(monthly());
    expect(plan.planned).toMatchObject({
      active_slot: 'b',
      username: 'ci_b',
      generation: 2,
      key_fingerprint: unknown,
      rotation_reason: 'due since 2026-01-31T00:00:00.000Z (rotate_after_days = 30)',
    });
    const state = await story.applyPlan(plan);
    expect(state).toMatchObject({ username: 'ci_b', idle_username: 'ci_a', idle_slot_status: 'retired' });
    expect(story.key('ci_a') === a).toBe(true);
    expect(story.key('ci_b') === b).toBe(false);
    expect(await session('ci_a')).toBe(200);
    expect(await session('ci_b')).toBe(200);
  });

  it('never rotates the retired account before the next due date, whatever changes, and forgets no wish', async () => {
    await story.apply(monthly(trigger('0')));
    const rotations: number[] = [];
    for (let day = 1; day <= 100; day += 1) {
      story.pass(1);
      const before = story.world.rotations;
      await story.apply(monthly(trigger(String(day))));
      if (story.world.rotations > before) rotations.push(day);
    }
    // The first switch harms nobody: the idle account was a spare. Then one in each period.
    expect(rotations[0]).toBe(1);
    for (const [index, day] of rotations.entries())
      if (index > 0) expect(day - (rotations[index - 1] ?? 0)).toBeGreaterThanOrEqual(29);
    expect(rotations.length).toBe(4);
    expect(story.warnings).toEqual([expect.stringContaining('is held back')]);
  });

  it('takes a new key that it finds in the idle slot for the rotation that was wished for', async () => {
    await story.apply(monthly());
    await story.world.rotateElsewhere('ci_b');
    story.pass(31);
    const before = story.world.rotations;
    const state = await story.apply(monthly());
    expect(story.world.rotations).toBe(before);
    expect(state).toMatchObject({
      username: 'ci_b',
      rotation_reason: expect.stringContaining('satisfied by the new key found in the idle slot'),
    });
    expect(story.world.isKnownTo(state)).toBe(true);
  });

  it('is not rotated when the active key changed since the plan', async () => {
    await story.apply(pair(trigger('1')));
    const plan = await story.plan(pair(trigger('2')));
    await story.world.rotateElsewhere('ci_a');
    const before = story.world.rotations;
    await expect(story.applyPlan(plan)).rejects.toThrow('Nothing was rotated by this run; plan again.');
    expect(story.world.rotations).toBe(before);
    const state = await story.apply(pair(trigger('2')));
    expect(story.world.rotations).toBe(before);
    expect(state.rotation_reason).toContain('satisfied by the rotation that happened elsewhere');
    expect(story.world.isKnownTo(state)).toBe(true);
  });

  it('stays quiet when something else changes', async () => {
    await story.apply(monthly({ ...trigger('1'), export_access_key: true }));
    const more = { ...trigger('1'), export_access_key: true, consumers: ['payments'] };
    const { planned, prior } = await story.plan(monthly(more));
    expect(planned).toEqual({ ...prior, consumers: ['payments'] });
  });
});

describe('a pair that waits for its consumers', () => {
  const waiting = (more = {}) => monthly({ wait_for_adoption: true, ...more });

  it('is not rotated before a session was seen under the active user name', async () => {
    await story.apply(waiting());
    story.pass(31);
    await story.apply(waiting());
    expect(story.world.rotations).toBe(1);
    expect(await session('ci_a')).toBe(200);

    story.pass(31);
    const held = await story.plan(waiting(trigger('added')));
    expect(held.prior).toMatchObject({ rotation_status: 'unadopted', adoption_seen_at: null });
    expect(story.warnings).toEqual(['The pair of ci_b waits for its consumers']);
    await story.applyPlan(held);
    await story.apply(waiting(trigger('changed')));
    expect(story.world.rotations).toBe(1);

    expect(await session('ci_b')).toBe(200);
    const state = await story.apply(waiting(trigger('changed')));
    expect(story.world.rotations).toBe(2);
    expect(state).toMatchObject({ username: 'ci_a', adoption_seen_at: null, rotation_status: 'young' });
    expect(state.rotation_reason).toContain('trigger "reason" changed; due since');
  });

  it('asks for the usage report only when it would rotate, and remembers what it saw', async () => {
    const reports = () =>
      story.world.local.requests().filter(({ path }) => path === '/reports/usage/v1/user').length;
    await story.apply(waiting({ window: null }));
    story.pass(31);
    await story.apply(waiting());
    await session('ci_b');
    for (let day = 0; day < 5; day += 1) await story.plan(waiting());
    expect(reports()).toBe(0);
    story.pass(31);
    const plan = await story.plan(waiting());
    expect(plan.prior?.adoption_seen_at).toMatch(/^2026-02-01T/u);
    expect(reports()).toBe(1);
  });

  it('warns and rotates nothing where the report cannot be had, until it is told not to wait', async () => {
    await story.apply(waiting());
    story.pass(31);
    await story.apply(waiting());
    story.pass(31);
    story.world.local.inject({
      kind: 'status',
      status: 403,
      path: '/reports/usage/v1/user',
      times: 'always',
    });
    expect((await story.plan(waiting())).isNoop).toBe(true);
    expect(story.warnings).toEqual(['The pair of ci_b waits for its consumers']);
    await story.apply(monthly());
    expect(story.world.rotations).toBe(1);
    await story.apply(monthly());
    expect(story.world.rotations).toBe(2);
  });
});
