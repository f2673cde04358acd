import type { ActionEvent, Diagnostic } from '../../../src/provider/provider.ts';
import type { ObjectValue, Value } from '../../../src/schema/value.ts';
import { configOf, Failed, Process, type SavedPlan } from '../../chaos/in-process/engine.ts';
import { World } from '../../chaos/in-process/world.ts';

type Given = Readonly<Record<string, Value>>;

/** One resource and its state, planned and applied by the real provider: each step in a process of its own. */
export class Story {
  readonly world: World;
  readonly #type: string;
  state: ObjectValue | null = null;
  /** Of the last plan and apply. */
  warnings: readonly string[] = [];

  private constructor(world: World, type: string) {
    this.world = world;
    this.#type = type;
  }

  static async open(type: string): Promise<Story> {
    return new Story(await World.open(1, false), type);
  }

  async plan(given: Given, refresh = true): Promise<SavedPlan> {
    const process = await Process.start(this.world.place);
    const config = configOf(process.schemaOf(this.#type), given);
    const plan = await process.plan(this.#type, config, this.state, refresh);
    this.warnings = plan.diagnostics.map(({ summary }) => summary);
    if (plan instanceof Failed) throw new Error(plan.diagnostics.map(({ detail }) => detail).join('; '));
    return plan;
  }

  /** Plans and applies. Returns what stands in state then. */
  async apply(given: Given): Promise<ObjectValue> {
    return this.applyPlan(await this.plan(given));
  }

  async applyPlan(plan: SavedPlan): Promise<ObjectValue> {
    const applied = await (await Process.start(this.world.place)).apply(plan);
    const errors = applied.diagnostics.filter(isError);
    // As Terraform does, whatever went wrong.
    if (!(applied instanceof Failed)) this.state = applied.state;
    if (errors.length > 0) throw new Error(errors.map(({ detail }) => detail).join('; '));
    if (this.state === null) throw new Error('nothing is left');
    return this.state;
  }

  /** Refreshes and destroys. */
  async destroy(): Promise<void> {
    if (this.state === null) throw new Error('there is nothing to destroy');
    const { provider } = await Process.start(this.world.place);
    const { signal } = new AbortController();
    const type = this.#type;
    const read = await provider.readResource({ type, state: this.state, signal });
    const change = { type, config: null, prior: read.state, signal };
    const plan = await provider.planResourceChange({ ...change, proposed: null });
    const applied = await provider.applyResourceChange({ ...change, planned: null });
    const errors = [read, plan, applied].flatMap(({ diagnostics }) => diagnostics.filter(isError));
    if (errors.length > 0) throw new Error(errors.map(({ detail }) => detail).join('; '));
    this.state = applied.state;
  }

  /** Runs an action; what it does not name is null. */
  async invoke(action: string, given: Given): Promise<readonly ActionEvent[]> {
    const { provider } = await Process.start(this.world.place);
    const schema = provider.schemas.actions[action];
    if (schema === undefined) throw new Error(`no action ${action}`);
    const { signal } = new AbortController();
    const events: ActionEvent[] = [];
    for await (const event of provider.invokeAction(action, configOf(schema, given), { signal }))
      events.push(event);
    return events;
  }

  pass(days: number): void {
    this.world.clock.advance(days * 86_400_000);
  }

  key(username: string): string {
    return this.world.local.accounts().find((account) => account.username === username)?.accessKey ?? '';
  }
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
