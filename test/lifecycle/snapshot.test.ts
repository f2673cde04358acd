import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import { Snapshot } from '../../src/lifecycle/snapshot.ts';

/** A list whose answers come when the test says so. */
function controlled() {
  const asked: { answer(items: readonly string[]): void; fail(error: Error): void }[] = [];
  const clock = new ManualClock();
  const list = () =>
    new Promise<readonly string[]>((resolve, reject) => asked.push({ answer: resolve, fail: reject }));
  const snapshot = new Snapshot<string>({ list, clock, idOf: (item) => item });
  return { snapshot, asked, clock };
}

const add = (item: string) => (items: readonly string[]) => [...items.filter((one) => one !== item), item];

describe('a snapshot', () => {
  it('lists once, however many ask', async () => {
    const { snapshot, asked } = controlled();
    const all = [snapshot.get(), snapshot.get(), snapshot.get()];
    asked[0]?.answer(['a']);
    expect(await Promise.all(all)).toEqual([['a'], ['a'], ['a']]);
    expect(await snapshot.get()).toEqual(['a']);
    expect(asked).toHaveLength(1);
  });

  it('sees our own writes without listing again', async () => {
    const { snapshot, asked } = controlled();
    const first = snapshot.get();
    asked[0]?.answer(['a']);
    await first;
    snapshot.patch(add('b'));
    expect(await snapshot.get()).toEqual(['a', 'b']);
    expect(asked).toHaveLength(1);
  });

  it('does not lose a write that happened while the list was under way', async () => {
    const { snapshot, asked } = controlled();
    const listing = snapshot.get();
    snapshot.patch(add('b'));
    asked[0]?.answer(['a']);
    expect(await listing).toEqual(['a', 'b']);
    expect(await snapshot.get()).toEqual(['a', 'b']);
  });

  it('that went wrong is not tried again for everybody, only for those who need a fresh look', async () => {
    const { snapshot, asked } = controlled();
    const failing = snapshot.get();
    asked[0]?.fail(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    await expect(snapshot.get()).rejects.toThrow('no');
    expect(asked).toHaveLength(1);
    const fresh = snapshot.fresh();
    asked[1]?.answer(['a']);
    expect(await fresh).toEqual(['a']);
    expect(await snapshot.get()).toEqual(['a']);
  });

  it('keeps what it knows when a fresh look goes wrong', async () => {
    const { snapshot, asked } = controlled();
    const first = snapshot.get();
    asked[0]?.answer(['a']);
    await first;
    const fresh = snapshot.fresh();
    asked[1]?.fail(new Error('no'));
    await expect(fresh).rejects.toThrow('no');
    expect(await snapshot.get()).toEqual(['a']);
  });

  it('gives those who need a fresh look one that began after they asked, for two lists at most', async () => {
    const { snapshot, asked } = controlled();
    const first = snapshot.fresh();
    const later = [snapshot.fresh(), snapshot.fresh()];
    asked[0]?.answer(['old']);
    expect(await first).toEqual(['old']);
    await new Promise((resolve) => setImmediate(resolve));
    asked[1]?.answer(['new']);
    expect(await Promise.all(later)).toEqual([['new'], ['new']]);
    expect(asked).toHaveLength(2);
  });

  it('looks again after an unclear write, and an answer from before does not come back', async () => {
    const { snapshot, asked } = controlled();
    const before = snapshot.get();
    snapshot.invalidate();
    const after = snapshot.get();
    asked[1]?.answer(['after']);
    asked[0]?.answer(['before']);
    expect(await after).toEqual(['after']);
    expect(await before).toEqual(['before']);
    expect(await snapshot.get()).toEqual(['after']);
  });

  it('keeps what it showed when the next list lacks it', async () => {
    const { snapshot, asked } = controlled();
    const first = snapshot.get();
    asked[0]?.answer(['a', 'b']);
    await first;
    const fresh = snapshot.fresh();
    asked[1]?.answer(['b', 'c']);
    expect(await fresh).toEqual(['b', 'c']);
    expect(await snapshot.get()).toEqual(['b', 'c', 'a']);
  });

  it('looks again once for everybody who misses something, some time after the first look', async () => {
    const { snapshot, asked, clock } = controlled();
    const first = snapshot.get();
    asked[0]?.answer(['a']);
    await first;
    clock.advance(3_000);
    const all = Promise.all([snapshot.again(), snapshot.again()]);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(6_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(1);
    clock.advance(1);
    await new Promise((resolve) => setImmediate(resolve));
    asked[1]?.answer(['b']);
    expect(await all).toEqual([
      ['b', 'a'],
      ['b', 'a'],
    ]);
    expect(await snapshot.again()).toEqual(['b', 'a']);
    expect(asked).toHaveLength(2);
  });

  it('does not bring back what this run deleted, although a list that lags behind does', async () => {
    const { snapshot, asked } = controlled();
    const first = snapshot.get();
    asked[0]?.answer(['a', 'b']);
    await first;
    snapshot.remove((item) => item === 'a');
    const fresh = snapshot.fresh();
    asked[1]?.answer(['a', 'b']);
    expect(await fresh).toEqual(['b']);
    expect(await snapshot.get()).toEqual(['b']);
  });
});
