// Plays the scenarios with a real Terraform against a local BrowserStack and keeps the plans: `plans/NAME.plan.json`,
// and what Terraform said beside them: `plans/NAME.diagnostics.json`. Times are those of the scene.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openScene } from '../../docs/scene.ts';
import type { Scenario } from './scenario.ts';
import { actions } from './scenarios/actions.ts';
import { scenarios } from './scenarios/index.ts';

const plans = fileURLToPath(new URL('../plans', import.meta.url));
/** When every scene begins, see scene.ts. */
const START = Date.parse('2026-03-02T09:00:00.000Z');
const DAY = 86_400_000;

interface Recorded {
  readonly plan: string;
  readonly diagnostics: string;
}

export async function record(scenario: Scenario): Promise<Recorded> {
  const scene = await openScene(scenario.scene ?? {});
  const run = async (script: string, mayFail = false) => {
    const output = await scene.shell(`${script} || echo "exit $?"`);
    if (!mayFail && /^exit [1-9]/mu.test(output)) throw new Error(`${scenario.name}: ${script}\n${output}`);
    return output;
  };
  try {
    for (const [name, text] of Object.entries(scenario.files ?? {})) await scene.write(name, text);
    const applied = [scenario.before, scenario.next].filter((hcl) => hcl !== undefined);
    await scene.write('main.tf', applied[0] ?? scenario.after ?? '');
    await run('terraform init -no-color');
    for (const hcl of applied) {
      await scene.write('main.tf', hcl);
      await run('terraform apply -auto-approve -no-color');
    }
    scene.pass(scenario.days ?? 0);
    for (const [method, path] of scenario.elsewhere ?? []) await scene.elsewhere(method, path);
    if (scenario.rotatedElsewhere !== undefined) await rotate(scene.local, scenario.rotatedElsewhere);
    if (scenario.after !== undefined) await scene.write('main.tf', scenario.after);
    if (scenario.prepare !== undefined) await run(scenario.prepare);
    await run(`terraform init -no-color`);
    await run(`terraform plan -out=tfplan -json ${scenario.options ?? ''} > plan.jsonl`, true);
    const now = new Date(START + (scenario.days ?? 0) * DAY).toISOString().replace('.000', '');
    return {
      plan: timed(await run('terraform show -json tfplan'), now),
      diagnostics: diagnosticsIn(await run('cat plan.jsonl')),
    };
  } finally {
    await scene.close();
  }
}

/** Terraform cannot be told the time. */
function timed(plan: string, now: string): string {
  return plan.trim().replace(/"timestamp":"[^"]*"/u, `"timestamp":"${now}"`);
}

/** The diagnostics alone, as a list; the stream around them is of another day. */
function diagnosticsIn(stream: string): string {
  const found = stream
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'diagnostic')
    .map(({ diagnostic }) => diagnostic);
  return JSON.stringify(found);
}

async function rotate(
  local: Awaited<ReturnType<typeof openScene>>['local'],
  username: string,
): Promise<void> {
  const accessKey = local.accounts().find((account) => account.username === username)?.accessKey;
  if (accessKey === undefined) throw new Error(`no account ${username}`);
  const authorization = `Basic ${btoa(`${username}:${accessKey}`)}`;
  const request = new Request('http://local/automate/recycle_key.json', {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: '{}',
  });
  const answer = await local.fetch(request);
  if (!answer.ok) throw new Error(`rotating elsewhere answered ${answer.status}`);
}

async function main(names: readonly string[]): Promise<void> {
  mkdirSync(plans, { recursive: true });
  const all = [...scenarios, ...actions];
  const chosen = names.length === 0 ? scenarios : all.filter(({ name }) => names.includes(name));
  const unknown = names.filter((name) => !all.some((scenario) => scenario.name === name));
  if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(', ')}`);
  for (const scenario of chosen) {
    const { plan, diagnostics } = await record(scenario);
    writeFileSync(join(plans, `${scenario.name}.plan.json`), `${plan}\n`);
    writeFileSync(join(plans, `${scenario.name}.diagnostics.json`), `${diagnostics}\n`);
    process.stdout.write(`${scenario.name} ${plan.length}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
