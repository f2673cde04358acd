import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { Host } from '../tfplugin/host.ts';

const STDOUT = 1;
const STDERR = 2;

/** This process, as the protocol server sees it. */
export function processHost(): Host {
  return {
    env: process.env,
    platform: process.platform,
    pid: process.pid,
    parentId: () => process.ppid,
    isAlive: isRunning,
    restrictNewFiles: (mask) => {
      process.umask(mask);
    },
    writeStdout: (text) => writeAll(STDOUT, text),
    writeStderr: (text) => writeAll(STDERR, text),
    redirectOutput,
    onSignal: (signal, listener) => {
      process.on(signal, listener);
    },
    onCrash: (listener) => {
      process.on('uncaughtException', listener);
      process.on('unhandledRejection', listener);
    },
    exit: (code) => process.exit(code),
  };
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, so it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Replaces the streams before anybody touches them: opening the real ones would cost start-up time. */
function redirectOutput(sink: (text: string) => void): void {
  const writable = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      sink(chunk.toString());
      done();
    },
  });
  for (const name of ['stdout', 'stderr'])
    Object.defineProperty(process, name, { configurable: true, get: () => writable });
}

/** Pipes take what they have room for; whoever reads them may be slow, or gone. */
function writeAll(descriptor: number, text: string): boolean {
  let rest = Buffer.from(text);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let attempts = 0; rest.length > 0 && attempts < 400; attempts++) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      // A full pipe is worth waiting for, for two seconds in all; a closed one is not.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return false;
      Atomics.wait(pause, 0, 0, 5);
    }
  }
  return rest.length === 0;
}
