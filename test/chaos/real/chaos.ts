// Real Terraform and the command line through seeded misfortune.

import { rm } from 'node:fs/promises';
import { runCommandLine } from './command-line-schedule.ts';
import { buildPrograms, type Programs } from './programs.ts';
import { runTerraform } from './terraform-schedule.ts';
import { noCounts, type Verdict } from './verdict.ts';

export type Kind = Verdict['kind'];

const RUN: Readonly<Record<Kind, (seed: number, programs: Programs) => Promise<Verdict>>> = {
  terraform: runTerraform,
  'command-line': runCommandLine,
};

/** Runs one schedule. One that throws, or hangs, counts as a lost account. */
async function verdictOf(kind: Kind, seed: number, programs: Programs): Promise<Verdict> {
  try {
    return await RUN[kind](seed, programs);
  } catch (error) {
    const story = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { kind, seed, ...noCounts(), lost: 1, story, met: [] };
  }
}

/** Runs these schedules one after another; tells of each. */
export async function realChaos(
  schedules: readonly { readonly kind: Kind; readonly seed: number }[],
  tell: (verdict: Verdict) => void,
): Promise<void> {
  const { directory, ...programs } = await buildPrograms();
  try {
    for (const { kind, seed } of schedules) tell(await verdictOf(kind, seed, programs));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
