import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import { TokenBucket } from '../../src/http/token-bucket.ts';
import { SkippingClock } from '../helpers/skipping-clock.ts';

const DOCUMENTED = { burst: 5, perMinute: 15 };

describe('a token bucket', () => {
  it.each([
    [5, 0],
    [6, 4],
    [100, 380],
  ])('sends %i requests in %i s, as 4·max(0, N−5) says', async (requests, seconds) => {
    const clock = new SkippingClock();
    const start = clock.now().getTime();
    const bucket = new TokenBucket(DOCUMENTED, clock);
    await Promise.all(Array.from({ length: requests }, () => bucket.take()));
    expect((clock.now().getTime() - start) / 1000).toBe(seconds);
  });

  it('fills up again, to the burst and no further', async () => {
    const clock = new SkippingClock();
    const bucket = new TokenBucket(DOCUMENTED, clock);
    for (let i = 0; i < 5; i += 1) await bucket.take();
    clock.advance(3_600_000);
    for (let i = 0; i < 5; i += 1) await bucket.take();
    expect(clock.slept).toEqual([]);
    await bucket.take();
    expect(clock.slept).toEqual([4000]);
  });

  it('lets people in line out when their operation is stopped, and keeps the line going', async () => {
    const clock = new ManualClock();
    const bucket = new TokenBucket({ burst: 1, perMinute: 60 }, clock);
    await bucket.take();
    const impatient = new AbortController();
    const first = bucket.take({ signal: impatient.signal });
    const second = bucket.take();
    await settle();
    impatient.abort(new Error('stopped'));
    await expect(first).rejects.toThrow('stopped');
    await settle();
    clock.advance(1000);
    await second;
  });

  it('says how long the line is', async () => {
    const bucket = new TokenBucket(DOCUMENTED, new ManualClock());
    expect(bucket.queueTime).toBe(0);
    for (let i = 0; i < 5; i += 1) await bucket.take();
    expect(bucket.queueTime).toBe(4000);
    void bucket.take();
    await settle();
    expect(bucket.queueTime).toBe(8000);
  });

  it('waits as long as a refusal asks, whatever it had left', async () => {
    const clock = new SkippingClock();
    const bucket = new TokenBucket(DOCUMENTED, clock);
    await bucket.penalize(10_000);
    await bucket.take();
    expect(clock.slept).toEqual([10_000]);
  });
});

const settle = () => new Promise((resolve) => setImmediate(resolve));
