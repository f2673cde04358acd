import type { Act, Engine } from './engine.ts';
import type { Screen } from './screen.ts';
import { OWNER, type Stage } from './stage.ts';
import type { Change } from './synthesis.ts';

/** What a step plays with. */
export class Scene {
  readonly stage: Stage;
  readonly engine: Engine;
  readonly screen: Screen;

  constructor(stage: Stage, engine: Engine, screen: Screen) {
    this.stage = stage;
    this.engine = engine;
    this.screen = screen;
  }

  /** Shows the command, does it, shows what it said, and insists on how it ended. */
  async act(act: Act, expected: number, change?: Change): Promise<string> {
    this.screen.command(act.command);
    const { exitCode, output } = await act.run(change);
    this.screen.engine(output);
    if (exitCode === expected) return output;
    throw new Error(`"${act.command}" ended with ${exitCode} instead of ${expected}:\n${output}`);
  }

  check(sentence: string, holds: boolean): void {
    if (!holds) throw new Error(`not so: ${sentence}`);
    this.screen.good(sentence);
  }

  account(identifier: string) {
    const found = this.stage.local.accounts().find((one) => one.identifier === identifier);
    if (found === undefined) throw new Error(`there is no account ${identifier}`);
    return found;
  }

  /** One call of BrowserStack's API, as somebody else might make it. */
  async call(method: string, path: string, { username, accessKey } = OWNER): Promise<number> {
    const authorization = `Basic ${Buffer.from(`${username}:${accessKey}`).toString('base64')}`;
    const body = method === 'PUT' ? { body: '{}' } : {};
    const response = await fetch(this.stage.url + path, { method, headers: { authorization }, ...body });
    await response.arrayBuffer();
    return response.status;
  }
}
