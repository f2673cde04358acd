// A plan file is the state in clear, and what a CI job leaves behind can be read by many: between review and apply it
// travels sealed to the apply job, together with what was reviewed.

import { createHash } from 'node:crypto';
import { Problem } from '../../errors.ts';
import { isObject } from '../plan/json.ts';

/** What was reviewed, as the apply job has to find it again. */
export interface ReviewedFacts {
  readonly stack: string;
  /** SHA-256 of the plan file. */
  readonly digest: string;
  readonly commit: string | undefined;
  /** SHA-256 of the policy that it was reviewed by; `undefined` for the rules as they are written. */
  readonly policy: string | undefined;
  readonly verdict: string;
  /** When it was reviewed (RFC 3339). */
  readonly at: string;
}

export interface SealedPlan {
  readonly facts: ReviewedFacts;
  readonly plan: Uint8Array;
}

const FORMAT = 'browserstack-iac/sealed-plan';

export function digestOf(plan: Uint8Array): string {
  return createHash('sha256').update(plan).digest('hex');
}

/** @throws Problem `invalid_input` when the recipient is none. */
export async function sealPlan({ facts, plan }: SealedPlan, recipient: string): Promise<Uint8Array> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new Problem({
      code: 'invalid_input',
      summary: 'Not an age recipient',
      detail:
        'Give the public key of the apply job, "age1…": browserstack-iac review --make-identity FILE prints one, age-keygen too.',
      path: ['--seal-to'],
      cause,
    });
  }
  const text = JSON.stringify({
    format: FORMAT,
    version: 1,
    facts,
    plan: Buffer.from(plan).toString('base64'),
  });
  return encrypter.encrypt(text);
}

/** @throws Problem `invalid_input`: not sealed to this identity, damaged, or something else. */
export async function openSealedPlan(sealed: Uint8Array, identity: string): Promise<SealedPlan> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity);
  } catch {
    // What the library says repeats the identity.
    throw unusable(
      'The identity is none',
      'It begins with AGE-SECRET-KEY-1. Keep it as a secret of the apply job.',
    );
  }
  const text = await decrypter.decrypt(sealed, 'text').catch(() => {
    throw unusable(
      'The sealed plan cannot be opened',
      'It was sealed to somebody else, or damaged on the way: the recipient of the review and the identity of this job must belong together.',
    );
  });
  return sealedPlanIn(JSON.parse(text));
}

function sealedPlanIn(json: unknown): SealedPlan {
  if (
    !isObject(json) ||
    json.format !== FORMAT ||
    json.version !== 1 ||
    !isObject(json.facts) ||
    typeof json.plan !== 'string'
  )
    throw unusable(
      'The sealed file holds no plan of this tool',
      'Make it with: browserstack-iac review … --seal FILE',
    );
  const { stack, digest, commit, policy, verdict, at } = json.facts;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    facts: {
      stack: text(stack),
      digest: text(digest),
      commit: typeof commit === 'string' ? commit : undefined,
      policy: typeof policy === 'string' ? policy : undefined,
      verdict: text(verdict),
      at: text(at),
    },
    plan: Buffer.from(json.plan, 'base64'),
  };
}

function unusable(summary: string, detail: string): Problem {
  return new Problem({ code: 'invalid_input', summary, detail });
}
