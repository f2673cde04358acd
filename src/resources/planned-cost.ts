import type { Clock } from '../clock.ts';
import { durationInWords } from '../duration.ts';
import type { BucketSize } from '../http/token-bucket.ts';
import type { Warning } from '../lifecycle/operation.ts';

/**
 * Milliseconds in which a run that applies has begun to write: Terraform plans each object once more right before, and
 * says nowhere which of the two plans it asks for.
 */
const MOMENT = 300;

/**
 * What the planned writes of this run cost in requests. Told once, when they no longer fit into the burst. Engines
 * plan one object at a time (Terraform) and some twice, so it counts by name and says "at least".
 */
export class PlannedCost {
  readonly #budget: BucketSize;
  readonly #clock: Clock;
  readonly #requests = new Map<string, number>();
  #count = 0;
  #told = false;
  #applying = false;

  constructor(budget: BucketSize, clock: Clock) {
    this.#budget = budget;
    this.#clock = clock;
  }

  /** This run writes already: what it costs was told in the plan, a second time would be noise. */
  applying(): void {
    this.#applying = true;
  }

  /** `name` is unique among all objects; planning the same one again counts once. */
  async add(name: string, requests: number, warn: (warning: Warning) => void): Promise<void> {
    const before = this.#requests.get(name) ?? 0;
    this.#requests.set(name, Math.max(requests, before));
    this.#count += Math.max(0, requests - before);
    const { burst, perMinute } = this.#budget;
    const count = this.#count;
    if (this.#told || count <= burst) return;
    this.#told = true;
    await this.#clock.sleep(MOMENT);
    if (this.#applying) return;
    const seconds = 60 / perMinute;
    const wait = (requestCount: number) => durationInWords((requestCount - burst) * seconds);
    const many = Math.max(100, burst + 100);
    warn({
      summary: `This plan needs at least ${count} requests, at least ${wait(count)}`,
      detail: `BrowserStack takes ${burst} account-management requests at once, then ${perMinute} a minute, for the whole organization: applying this plan takes at least ${wait(count)}, and ${durationInWords(seconds)} more for each further request (${many} requests: ${wait(many)}). It keeps to that by itself. Terraform shows objects one by one, so this is said as soon as it is certain; "browserstack-iac plan" gives the exact figure.`,
    });
  }
}
