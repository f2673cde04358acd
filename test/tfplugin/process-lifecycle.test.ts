import { expect, test } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import type { Host } from '../../src/tfplugin/host.ts';
import { createLogger } from '../../src/tfplugin/log/logger.ts';
import { watchOver } from '../../src/tfplugin/process-lifecycle.ts';
import { Calls } from '../../src/tfplugin/transport/calls.ts';
import { baseProvider } from '../helpers/plugin/base-provider.ts';

/** A process that only remembers what it was told. */
function watched() {
  const stderr: string[] = [];
  const exits: number[] = [];
  let crash: (error: unknown) => void = () => {};
  const host: Host = {
    env: {},
    platform: 'linux',
    pid: 2,
    parentId: () => 1,
    isAlive: () => true,
    restrictNewFiles: () => {},
    writeStdout: () => true,
    writeStderr: (text) => stderr.push(text) > 0,
    redirectOutput: () => {},
    onSignal: () => {},
    onCrash: (listener) => {
      crash = listener;
    },
    exit: (code) => exits.push(code),
  };
  const calls = new Calls();
  const clock = new ManualClock();
  const scrub = (text: string) => text;
  const write = (line: string) => stderr.push(line);
  const ending = watchOver({
    host,
    clock,
    calls,
    provider: baseProvider(),
    logger: createLogger({ level: 'error', module: 'test', clock, scrub, write }),
    scrub,
    cleanUp: () => {},
  });
  return { ending, calls, clock, stderr, exits, crash: (error: unknown) => crash(error) };
}

test('a crash before an engine can connect ends the process: nobody would hear an answer', () => {
  const { crash, exits, stderr } = watched();
  crash(new Error('too early'));
  expect(exits).toEqual([2]);
  expect(stderr[0]).toMatch(/^panic: Error: too early/);
});

test('what breaks every moment is told once, and the process stays for its engine', async () => {
  const { ending, calls, crash, exits, stderr } = watched();
  ending.connectable();
  const call = calls.begin();
  for (let i = 0; i < 3; i++) crash(new Error(`number ${i}`));
  expect((await call.broken).detail).toContain('Error: number 0');
  expect(stderr.filter((line) => line.startsWith('panic: '))).toHaveLength(1);
  expect(stderr.filter((line) => line.includes('broke again'))).toHaveLength(2);
  expect(exits).toEqual([]);
  ending.end(0);
  expect(exits).toEqual([2]);
});

test('a write has its time to end by itself', async () => {
  const { ending, calls, clock, crash } = watched();
  ending.connectable();
  const write = calls.begin({ writes: true });
  let refused = false;
  void write.broken.then(() => {
    refused = true;
  });
  crash(new Error('elsewhere'));
  await Promise.resolve();
  expect(refused).toBe(false);
  clock.advance(5_000);
  await write.broken;
  expect(refused).toBe(true);
});
