import { durationInWords } from '../duration.ts';
import type { BucketSize } from '../http/token-bucket.ts';
import type { PlanOperation } from '../lifecycle/resource.ts';

/**
 * Terraform plans each object once more right before it writes it, ten at a time unless told otherwise, and says nowhere
 * which of the two plans it asks for. So this many objects, planned before anything was written, may be an apply.
 */
const AT_ONCE = 10;
/** Seconds that are worth being told twice. */
const LONG = 60;

/**
 * What the planned writes of this run cost in requests. Told once, when they no longer fit into the burst. Engines
 * plan one object at a time (Terraform) and some twice, so it counts by name and says "at least".
 */
export class PlannedCost {
  readonly #budget: BucketSize;
  readonly #byName = new Map<string, number>();
  #requests = 0;
  #told = false;

  constructor(budget: BucketSize) {
    this.#budget = budget;
  }

  /** Requests of all changes planned so far. */
  get requests(): number {
    return this.#requests;
  }

  /** Another plan begins in the same run. */
  reset(): void {
    this.#byName.clear();
    this.#requests = 0;
  }

  /**
   * `name` is unique among all objects; planning the same one again counts once. Nothing is told while the plan is
   * carried out, nor where the engine sees all objects at once and tells the exact cost itself.
   */
  add(
    name: string,
    requests: number,
    { beside, warn }: Pick<PlanOperation<unknown>, 'beside' | 'warn'>,
  ): void {
    if (beside?.applying) return;
    const before = this.#byName.get(name) ?? 0;
    this.#byName.set(name, Math.max(requests, before));
    this.#requests += Math.max(0, requests - before);
    if (beside !== undefined) this.#tell(warn);
  }

  #tell(warn: PlanOperation<unknown>['warn']): void {
    const { burst, perMinute } = this.#budget;
    const count = this.#requests;
    const seconds = 60 / perMinute;
    const waits = (count - burst) * seconds;
    const mayBeApply = this.#byName.size <= AT_ONCE && waits < LONG;
    if (this.#told || waits <= 0 || mayBeApply) return;
    this.#told = true;
    const wait = (requestCount: number) => durationInWords((requestCount - burst) * seconds);
    const many = Math.max(100, burst + 100);
    warn({
      diagnostic: 'plan_takes_long',
      summary: `This plan needs at least ${count} requests, at least ${wait(count)}`,
      detail: `BrowserStack takes ${burst} account-management requests at once, then ${perMinute} a minute, for the whole organization: applying this plan takes at least ${wait(count)}, and ${durationInWords(seconds)} more for each further request (${many} requests: ${wait(many)}). It keeps to that by itself. Terraform shows objects one by one, so this is said as soon as it is certain; "browserstack-iac plan" gives the exact figure.`,
    });
  }
}
