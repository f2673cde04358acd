import { configOf, Failed, Process, type SavedPlan } from '../../../src/entry/chaos/engine.ts';
import { World } from '../../../src/entry/chaos/world.ts';
import type { ObjectValue, Value } from '../../../src/schema/value.ts';

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
    const errors = applied.diagnostics.filter(({ severity }) => severity === 'error');
    // As Terraform does, whatever went wrong.
    if (!(applied instanceof Failed)) this.state = applied.state;
    if (errors.length > 0) throw new Error(errors.map(({ detail }) => detail).join('; '));
    if (this.state === null) throw new Error('nothing is left');
    return this.state;
  }

  pass(days: number): void {
    this.world.clock.advance(days * 86_400_000);
  }

  key(username: string): string {
    return this.world.local.accounts().find((account) => account.username === username)?.accessKey ?? '';
  }
}
