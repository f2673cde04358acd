import { Builder, type WebDriver } from 'selenium-webdriver';

export interface Credential {
  readonly username: string;
  readonly accessKey: string;
}

/**
 * A test suite that never ends: opens a session on the hub every 100 ms, whatever became of the one before, with a
 * real WebDriver client. Like any consumer it follows late: it looks up its credential for every fifth session only.
 */
export class RollingConsumer {
  readonly #hub: string;
  readonly #lookUp: () => Credential;
  #timer: NodeJS.Timeout | undefined;
  #credential: Credential;
  #waiting: { readonly look: number; readonly wake: () => void }[] = [];
  readonly #sessions: Promise<string | undefined>[] = [];
  #looks = 0;

  constructor(url: string, lookUp: () => Credential) {
    this.#hub = `${url}/wd/hub`;
    this.#lookUp = lookUp;
    this.#credential = lookUp();
  }

  start(): void {
    this.#timer = setInterval(() => {
      if (this.#sessions.length % 5 === 0) this.#look();
      this.#sessions.push(this.#session(this.#credential));
    }, 100);
  }

  /** Resolves once it has looked up its credential again, and opened a session with it. */
  hasFollowed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ look: this.#looks + 2, wake: resolve }));
  }

  /** How many sessions it opened, and why the others were refused. */
  async stop(): Promise<{ readonly opened: number; readonly refusals: readonly string[] }> {
    clearInterval(this.#timer);
    const outcomes = await Promise.all(this.#sessions);
    const refusals = outcomes.filter((outcome) => outcome !== undefined);
    return { opened: outcomes.length - refusals.length, refusals };
  }

  #look(): void {
    this.#looks += 1;
    this.#credential = this.#lookUp();
    for (const { look, wake } of this.#waiting) if (look <= this.#looks) wake();
    this.#waiting = this.#waiting.filter(({ look }) => look > this.#looks);
  }

  /** `undefined` when all went well. */
  async #session({ username, accessKey }: Credential): Promise<string | undefined> {
    const options = { userName: username, accessKey, buildName: 'rolling' };
    try {
      const driver: WebDriver = await new Builder()
        .usingServer(this.#hub)
        .withCapabilities({ browserName: 'Chrome', 'bstack:options': options })
        .build();
      await driver.get('https://example.com/');
      await driver.quit();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
