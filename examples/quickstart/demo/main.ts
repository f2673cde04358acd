// npm run demo, browserstack-iac demo: an organization deployed, drifted, repaired, rotated and destroyed in about a minute, on a local
// BrowserStack. Options: --json (last line for machines), --show-keys, --verbose (all that the engine says).

import { parseArgs } from 'node:util';
import { type Engine, findTerraform, reconcilerEngine, terraformEngine, withoutCdktf } from './engine.ts';
import { Scene } from './scene.ts';
import { openScreen, type Screen } from './screen.ts';
import { type Stage, setStage } from './stage.ts';
import { storyFor } from './story.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    'show-keys': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const out = options.json ? process.stderr : process.stdout;
const screen = openScreen((text) => out.write(text), options.verbose, options['show-keys']);
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => interruption.abort(new Error(`stopped by ${signal}`)));

const steps: { name: string; ok: boolean }[] = [];
const requests: Record<string, number> = {};
const stage = await setStage((call) => {
  requests[call] = (requests[call] ?? 0) + 1;
});
let failure: unknown;
try {
  screen.line(`A local BrowserStack listens on ${stage.url}; nothing leaves this machine.`);
  await play(await chooseEngine(stage, screen));
} catch (error) {
  failure = error;
  screen.bad(error instanceof Error ? error.message : String(error));
} finally {
  await stage.clear();
}

if (options.json) process.stdout.write(`${JSON.stringify({ ok: failure === undefined, steps, requests })}\n`);
else if (failure === undefined)
  screen.line('\nThat was all, and nothing is left behind. Next: README.md, examples/quickstart/main.ts.');
process.exitCode = failure === undefined ? 0 : interruption.signal.aborted ? 130 : 1;

async function play(engine: Engine): Promise<void> {
  const scene = new Scene(stage, engine, screen);
  for (const [index, step] of storyFor(engine).entries()) {
    interruption.signal.throwIfAborted();
    screen.title(index + 1, step.title);
    const record = { name: step.name, ok: false };
    steps.push(record);
    await step.play(scene);
    record.ok = true;
  }
}

async function chooseEngine(on: Stage, { line }: Screen): Promise<Engine> {
  const program = await findTerraform(on, interruption.signal);
  if (program !== undefined) {
    const reason = await withoutCdktf(on, interruption.signal);
    if (reason !== undefined) line(`${reason}; ${program} is called in the synthesized stack.`);
    return terraformEngine(program, { throughCdktf: reason === undefined }, on, interruption.signal);
  }
  line(
    'Neither terraform nor tofu is on PATH, so the reconciler plays the story, without the two last steps.',
  );
  line('For the real engine, install one of them and run this again:');
  line('  https://developer.hashicorp.com/terraform/install');
  line('  https://opentofu.org/docs/intro/install');
  return reconcilerEngine(on, interruption.signal);
}
