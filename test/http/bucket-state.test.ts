import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrived,
  type BucketState,
  FULL,
  refused,
  reserve,
  stillStanding,
  type Turn,
} from '../../src/http/bucket-state.ts';

const DOCUMENTED = { burst: 5, perMinute: 15 };
const INTERVAL = 4000;

/** The service's own bucket: tokens and refill, written independently of ours. */
class Service {
  #tokens = 5;
  #at = 0;

  /** False is a 429. */
  request(time: number): boolean {
    this.#tokens = Math.min(5, this.#tokens + (time - this.#at) / INTERVAL);
    this.#at = time;
    if (this.#tokens < 1 - 1e-9) return false;
    this.#tokens -= 1;
    return true;
  }
}

describe('the arithmetic of the budget', () => {
  it('never meets a refusal of its own making, however long requests are on their way', () => {
    const latency = fc.integer({ min: 0, max: INTERVAL / 2 - 1 });
    const request = fc.record({ pause: fc.integer({ min: 0, max: 30_000 }), there: latency, back: latency });
    fc.assert(
      fc.property(fc.array(request, { minLength: 6, maxLength: 40 }), (requests) => {
        let state: BucketState = FULL;
        let now = 1_000_000;
        const arrivals: number[] = [];
        let onTheirWay: { readonly answeredAt: number; readonly turn: Turn }[] = [];
        for (const { pause, there, back } of requests) {
          now += pause > 15_000 ? pause : 0;
          const hear = (until: number) => {
            for (const { answeredAt, turn } of onTheirWay.sort((a, b) => a.answeredAt - b.answeredAt))
              if (answeredAt <= until) state = arrived(state, turn, answeredAt);
            onTheirWay = onTheirWay.filter(({ answeredAt }) => answeredAt > until);
          };
          hear(now);
          const [reserved, first] = reserve(state, DOCUMENTED, now);
          state = reserved;
          let turn = first;
          do {
            now = turn.sendAt;
            hear(now);
            turn = stillStanding(state, turn) ?? turn;
          } while (turn.sendAt > now);
          arrivals.push(now + there);
          onTheirWay.push({ answeredAt: now + there + back, turn });
        }
        const service = new Service();
        return arrivals.sort((a, b) => a - b).every((time) => service.request(time));
      }),
      { numRuns: 500 },
    );
  });

  it('goes slower after a refusal, and forgets it after some quiet', () => {
    const after = refused(FULL, DOCUMENTED, { now: 0, wait: 4000, turn: undefined });
    const gap = (from: number) => {
      const [first, one] = reserve(after, DOCUMENTED, from);
      const [second, two] = reserve(first, DOCUMENTED, from);
      const [, three] = reserve(second, DOCUMENTED, from);
      return [one.sendAt - from, two.sendAt - one.sendAt, three.sendAt - two.sendAt];
    };
    expect(gap(0)).toEqual([4000, 6000, 6000]);
    expect(gap(3_600_000)).toEqual([0, 0, 0]);
  });

  it('learns once from all refusals of one burst', () => {
    const [one, first] = reserve(FULL, DOCUMENTED, 0);
    const [two, second] = reserve(one, DOCUMENTED, 0);
    const taught = refused(two, DOCUMENTED, { now: 10, wait: 4000, turn: first });
    const again = refused(taught, DOCUMENTED, { now: 20, wait: 4000, turn: second });
    expect(again.margin).toBe(taught.margin);
    expect(again.refusals).toBe(1);
    const [, third] = reserve(again, DOCUMENTED, 20);
    expect(refused(again, DOCUMENTED, { now: 9000, wait: 4000, turn: third }).margin).toBeGreaterThan(
      taught.margin,
    );
  });

  it('does not believe a time that a clock which was set back has left behind', () => {
    const now = 1_000_000_000;
    const setBackBy = (milliseconds: number, size = DOCUMENTED) =>
      reserve({ ...FULL, fullAt: now + milliseconds }, size, now)[1].sendAt - now;
    expect(setBackBy(100 * 86_400_000)).toBe(0);
    expect(setBackBy(600_000)).toBe(0);
    expect(setBackBy(180_000, { burst: 1000, perMinute: 100_000 })).toBe(0);
    // What a queue of processes makes is believed, and so is a long Retry-After.
    expect(setBackBy(100_000)).toBe(100_000 - 4 * INTERVAL);
    const asked = refused(FULL, DOCUMENTED, { now, wait: 600_000, turn: undefined });
    expect(reserve(asked, DOCUMENTED, now)[1].sendAt - now).toBe(600_000);
  });

  it('takes requests that were late together for late once', () => {
    let state: BucketState = FULL;
    const turns: Turn[] = [];
    for (let i = 0; i < 5; i += 1) {
      const [next, turn] = reserve(state, DOCUMENTED, 0);
      state = next;
      turns.push(turn);
    }
    for (const turn of turns) state = arrived(state, turn, 500);
    expect(reserve(state, DOCUMENTED, 500)[1].sendAt).toBe(INTERVAL + 500);
  });
});
