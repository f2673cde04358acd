import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { type Part, partsOf, type Step, textOf } from './page.ts';
import { openScene, type Scene } from './scene.ts';
import { corrected, shown } from './transcript.ts';

/** Ends what a command printed; no program prints it. */
const MARK = '\u001e';

/** Plays a page and returns it as it should be: equal when everything is still so. */
export async function play(path: string): Promise<string> {
  const page = readFileSync(path, 'utf8');
  let scene: Scene | undefined;
  const texts: string[] = [];
  try {
    for (const part of partsOf(page)) {
      if (part.kind === 'directive' && part.name === 'scene') {
        await scene?.close();
        scene = await openScene(parse(part.body) ?? {});
      } else if (part.kind !== 'prose') {
        scene ??= await openScene({});
      }
      texts.push(textOf(scene === undefined ? part : await played(part, scene, dirname(path))));
    }
  } finally {
    await scene?.close();
  }
  return texts.join('');
}

async function played(part: Part, scene: Scene, beside: string): Promise<Part> {
  switch (part.kind) {
    case 'prose':
      return part;
    case 'file':
      await scene.write(part.name, part.body);
      return part;
    case 'console':
      return { ...part, steps: await run(part.steps, scene) };
    case 'requests':
      return { ...part, body: requestsOf(scene) };
    case 'directive':
      if (part.name === 'example')
        await scene.write('main.tf', readFileSync(join(beside, part.body), 'utf8'));
      else await direct(part.name, part.body, scene);
      return part;
  }
}

/** The steps with what they print now; what still holds stays as it is written, with its `...`. */
async function run(steps: readonly Step[], scene: Scene): Promise<readonly Step[]> {
  const outputs = (await outputsOf(steps, scene)).map(({ output }) => shown(output));
  return steps.map(({ command, expected }, index) => ({
    command,
    expected: corrected(expected, outputs[index] ?? []),
  }));
}

async function direct(name: string, body: string, scene: Scene): Promise<void> {
  const [first = '', second = ''] = body.split(/\s/u);
  if (name === 'file') await scene.write(first, `${body.slice(first.length).trim()}\n`);
  else if (name === 'elsewhere') await scene.elsewhere(first, second);
  else if (name === 'days') scene.pass(Number(body));
  else if (name === 'fault') scene.local.inject(parse(body));
  else if (name === 'mended') scene.local.clearFaults();
  else if (name === 'store') store(body, scene);
  else if (name === 'forget') scene.local.clearRequests();
  else if (name === 'run') await prepare(body, scene);
}

function store(body: string, { vault }: Scene): void {
  const [verb = '', name = '', ...text] = body.split(' ');
  if (verb === 'holds') vault.contents.set(name, text.join(' '));
  else vault.refusing = verb === 'refuses';
}

async function prepare(commands: string, scene: Scene): Promise<void> {
  const steps = commands.split('\n').map((command) => ({ command, expected: [] }));
  for (const [index, { status, output }] of (await outputsOf(steps, scene)).entries())
    if (status !== 0) throw new Error(`${steps[index]?.command} ended with ${status}:\n${output}`);
}

/** All of one block in one shell, so that `echo $?`, `export` and `cd` mean what they mean to the reader. */
async function outputsOf(steps: readonly Step[], scene: Scene) {
  const script = steps.map(
    ({ command }) => `${command}\nstatus=$?; printf '${MARK}%s${MARK}' $status; (exit $status)`,
  );
  const parts = (await scene.shell(script.join('\n'))).split(MARK);
  return steps.map((_, index) => ({ output: parts[index * 2] ?? '', status: Number(parts[index * 2 + 1]) }));
}

/** `3 × POST /user/service-accounts`, sorted: what a run asks for at once comes in any order. */
function requestsOf({ local }: Scene): string {
  const counts = new Map<string, number>();
  for (const { method, path } of local.requests()) {
    const request = `${method} ${path.split('?')[0]}`;
    counts.set(request, (counts.get(request) ?? 0) + 1);
  }
  local.clearRequests();
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([request, count]) => `${count} × ${request}\n`).join('') || 'none\n';
}
