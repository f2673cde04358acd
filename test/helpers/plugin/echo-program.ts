import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildPlugin } from './build-plugin.ts';
import { type Launched, launch, type Plugin, type StartOptions, startPlugin } from './stand-in.ts';

export interface EchoProgram {
  readonly file: string;
  readonly directory: string;
  launch(options?: StartOptions): Promise<Launched>;
  start(options?: StartOptions): Promise<Plugin>;
}

/** The bundled echo provider for the tests of one file; whatever it started is ended afterwards. */
export function useEchoProgram(): EchoProgram {
  const directory = mkdtempSync(path.join(tmpdir(), 'echo-program-'));
  const started: { kill(): void }[] = [];
  let file = '';
  beforeAll(async () => {
    file = await buildPlugin(directory);
  });
  afterAll(() => {
    for (const plugin of started) plugin.kill();
    rmSync(directory, { recursive: true, force: true });
  });
  const remember = async <T extends { kill(): void }>(starting: Promise<T>): Promise<T> => {
    const plugin = await starting;
    started.push(plugin);
    return plugin;
  };
  return {
    get file() {
      return file;
    },
    directory,
    launch: (options) => remember(launch(file, options)),
    start: (options) => remember(startPlugin(file, options)),
  };
}
