// A sealed copy of a new key, for the day on which nothing else remembers it: encrypted with age to a recipient whose
// identity only the user holds. Tried out before the rotation, written before anything else after it.

import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttributePath, Problem } from '../../../errors.ts';
import type { Credentials } from '../../../http/client.ts';
import type { Validator } from '../../../schema/attribute.ts';
import { keyFingerprint } from '../fingerprint.ts';

export interface Escrow {
  /** An age recipient, `age1…`. */
  readonly recipient: string;
  /** An existing directory that gets one file per key; `undefined` keeps the sealed copy in state alone. */
  readonly directory: string | undefined;
}

/** A name of an age recipient, as `age-keygen` prints it. */
export const ageRecipient: Validator<string> = (text, path) =>
  /^age1[02-9ac-hj-np-z]{58}$/u.test(text)
    ? undefined
    : new Problem({
        code: 'invalid_input',
        summary: 'Not an age recipient',
        detail: 'Give the public key that age-keygen prints: "age1" and 58 more characters.',
        path,
      });

/** Proves that sealing and writing work, so that failing costs no key. @throws Problem */
export async function rehearse({ recipient, directory }: Escrow): Promise<void> {
  await guarded(['escrow_recipient'], 'Nothing can be sealed to this recipient', () => seal(recipient, ''));
  if (directory === undefined) return;
  await guarded(['escrow_directory'], 'The escrow directory cannot be written to', async () => {
    await rm(await mkdtemp(join(directory, '.rehearsal-')), { recursive: true });
  });
}

/** Seals the credential; the text can be stored and printed anywhere. Open it with `age --decrypt`. */
export async function sealCredential(escrow: Escrow, credentials: Credentials): Promise<string> {
  const { username, accessKey } = credentials;
  return seal(escrow.recipient, JSON.stringify({ username, access_key: accessKey.reveal() }));
}

/** Puts the sealed credential into the directory, whole or not at all. Returns the file, if there is one. */
export async function store(
  { directory }: Escrow,
  { username, accessKey }: Credentials,
  sealed: string,
): Promise<string | undefined> {
  if (directory === undefined) return undefined;
  const name = `${username.replaceAll(/[^\w.@-]/gu, '_')}.${keyFingerprint(username, accessKey)}.age`;
  const file = join(directory, name);
  await writeFile(`${file}.part`, sealed, { mode: 0o600 });
  await rename(`${file}.part`, file);
  return file;
}

async function seal(recipient: string, text: string): Promise<string> {
  // Loaded when used: few do, and every launch of the provider would pay for it.
  const { armor, Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(text));
}

async function guarded(path: AttributePath, summary: string, attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Problem({
      code: 'invalid_input',
      summary,
      detail: `${reason} Nothing was rotated.`,
      path,
      cause,
    });
  }
}
