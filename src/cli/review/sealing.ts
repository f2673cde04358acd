// From review to apply: sealing what was reviewed, and verifying it where it is applied.

import { resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Problem, throwProblems } from '../../errors.ts';
import { digestOf, openSealedPlan, type SealedPlan, sealPlan } from '../../review/seal/sealed-plan.ts';
import { FEWEST_DIGITS, verify } from '../../review/seal/verify.ts';
import { Secret } from '../../secret.ts';
import { readBytes, refuseToOverwrite, unusable } from '../files.ts';
import type { Machine } from '../machine.ts';
import type { Reviewed } from './formats.ts';
import type { ReviewOptions } from './options.ts';
import { findPolicy } from './policy.ts';

const DAY_HOURS = 24;
const IDENTITY = 'BROWSERSTACK_IAC_SEAL_IDENTITY';
const RECIPIENT = 'BROWSERSTACK_IAC_SEAL_RECIPIENT';

/** Seals the plan file to the apply job. What cannot be applied is not sealed. */
export async function seal(
  { json, review }: Reviewed,
  given: ReviewOptions,
  machine: Machine,
): Promise<void> {
  const recipient = given.sealTo ?? machine.surroundings.env[RECIPIENT];
  if (given.planFile === undefined)
    throw missing('--plan-file', 'Give the plan file that may be applied: --plan-file tfplan.');
  if (!recipient)
    throw missing('--seal-to', `Give the recipient of the apply job, "age1…": --seal-to, or ${RECIPIENT}.`);
  const plan = await readBytes(machine, given.planFile);
  const facts = {
    stack: json.stack,
    digest: digestOf(plan),
    commit: json.commit,
    policy: json.policy.sha256,
    verdict: review.verdict,
    at: machine.clock.now().toISOString(),
  };
  const sealed = await sealPlan({ facts, plan }, recipient);
  await write(machine, given.seal ?? '', Buffer.from(sealed));
  machine.stderr(
    `Sealed in ${given.seal}. The apply job opens it with: browserstack-iac review --verify ${facts.digest}\n`,
  );
}

/** @throws Problem(s): everything that is not as it was reviewed. */
export async function verifyAndOpen(given: ReviewOptions, machine: Machine): Promise<void> {
  const digest = (given.verify ?? '').trim().toLowerCase();
  if (!/^[0-9a-f]{12,64}$/u.test(digest))
    throw missing(
      '--verify',
      `Give the digest that was approved, at least its first ${FEWEST_DIGITS} hexadecimal digits.`,
    );
  const opened = await openedPlan(given, machine);
  const { sha256 } = await findPolicy(machine, given);
  const problems = verify(opened, {
    digest,
    stack: given.name,
    commit: given.commit,
    policy: sha256,
    now: machine.clock.now(),
    maxAgeHours: given.maxAge ?? DAY_HOURS,
  });
  throwProblems(problems);
  if (given.out !== undefined) await write(machine, given.out, Buffer.from(opened.plan));
  const { facts } = opened;
  const written = given.out === undefined ? '' : ` It is in ${given.out}; apply exactly this file.`;
  machine.stdout(
    `Verified: plan ${facts.digest.slice(0, FEWEST_DIGITS)} of stack ${JSON.stringify(facts.stack)}, reviewed at ${facts.at} as ${facts.verdict}.${written}\n`,
  );
}

/** Makes an identity for the apply job, and prints the recipient that the review seals to. */
export async function makeIdentity(file: string, machine: Machine): Promise<void> {
  refuseToOverwrite(machine, file);
  const { generateIdentity, identityToRecipient } = await import('age-encryption');
  const identity = new Secret(await generateIdentity());
  await write(machine, file, Buffer.from(`${identity.reveal()}\n`));
  machine.stdout(`${await identityToRecipient(identity.reveal())}\n`);
  machine.stderr(
    `The identity is in ${file}: make it the secret ${IDENTITY} of the apply job, and remove the file. What is printed is the recipient: it is public, make it the variable ${RECIPIENT} of the plan job.\n`,
  );
}

async function openedPlan(given: ReviewOptions, machine: Machine): Promise<SealedPlan> {
  if (given.sealed === undefined)
    throw missing('--sealed', 'Give the file that the review sealed: --sealed FILE.');
  const sealed = await readBytes(machine, given.sealed);
  const text =
    given.identity === undefined
      ? machine.surroundings.env[IDENTITY]
      : (await readBytes(machine, given.identity)).toString('utf8');
  const line = text?.split('\n').find((one) => one.startsWith('AGE-SECRET-KEY-')) ?? text?.trim();
  if (!line)
    throw missing(
      '--identity',
      `Give the identity of this job in ${IDENTITY}, or as a file: --identity FILE.`,
    );
  return openSealedPlan(sealed, new Secret(line).reveal());
}

/** A plan and an identity are for nobody else on the machine. */
async function write({ cwd }: Machine, file: string, bytes: Buffer): Promise<void> {
  await writeFileAtomic(resolve(cwd, file), bytes, { mode: 0o600 }).catch((cause) => {
    throw unusable(`${file} cannot be written`, cause);
  });
}

function missing(option: string, detail: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${option} is missing, or is no such thing`,
    detail,
    path: [option],
  });
}
