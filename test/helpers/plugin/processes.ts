import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process exists. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ids of the processes that belong to a group: an engine and what it started. */
export function membersOf(group: number): number[] {
  return execFileSync('ps', ['-eo', 'pid=,pgid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, pgid]) => pgid === group)
    .flatMap(([pid]) => pid ?? []);
}

/** Waits until something is so; gives up, and says what was waited for, after `seconds`. */
export async function until(what: string, so: () => boolean, seconds: number): Promise<void> {
  for (let left = seconds * 20; left > 0; left--) {
    if (so()) return;
    await sleep(50);
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`);
}
