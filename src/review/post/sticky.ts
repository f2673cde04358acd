// One comment for each stack, found again by its marker and its author, and made one even when two jobs post at once:
// each lists again after it wrote, the lowest id stays, and everybody removes what they wrote beside it.

import { Problem } from '../../errors.ts';
import { readMarker } from '../output/markdown/marker.ts';
import type { Forge, PostedComment } from './forge.ts';

export type Posted =
  | 'created'
  | 'updated'
  | 'unchanged'
  /** A newer run has written already: what this one says is no longer true. */
  | 'outdated'
  /** Nothing to say, and nothing was said before. */
  | 'not needed';

/** Somebody may remove the comment while we look at it; this often we begin again. */
const ATTEMPTS = 4;

/**
 * @param body Begins with its marker.
 * @param isNews Whether a comment should be made where there is none; one that is there always learns the truth.
 */
export async function postSticky(forge: Forge, body: string, isNews: boolean): Promise<Posted> {
  const marker = readMarker(body);
  if (marker === undefined) throw new Error('a comment begins with its marker');
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [kept, ...others] = await own(forge, marker.stack);
    for (const { id } of others) await forge.remove(id);
    if (kept === undefined) {
      if (!isNews) return 'not needed';
      const outcome = await createOne(forge, body, marker.stack);
      if (outcome !== undefined) return outcome;
      continue;
    }
    const outcome = await renew(forge, kept, body);
    if (outcome !== undefined) return outcome;
  }
  throw new Problem({
    code: 'conflict',
    summary: 'The comment was removed each time it was written',
    detail: 'Somebody or something deletes it. Nothing else was changed.',
  });
}

/** `undefined` when somebody removed it meanwhile. */
async function renew(forge: Forge, kept: PostedComment, body: string): Promise<Posted | undefined> {
  const [there, here] = [readMarker(kept.body)?.at, readMarker(body)?.at];
  if (there !== undefined && here !== undefined && there > here) return 'outdated';
  if (sameText(kept.body, body)) return 'unchanged';
  return (await forge.update(kept.id, body)) ? 'updated' : undefined;
}

async function createOne(forge: Forge, body: string, stack: string): Promise<Posted | undefined> {
  const made = await tryCreate(forge, body);
  const now = await own(forge, stack);
  // A list may lag behind; what was answered is there.
  const all = made === undefined || now.some(({ id }) => id === made.id) ? now : [...now, made];
  const [kept] = [...all].sort((a, b) => a.id - b.id);
  if (kept === undefined) return undefined;
  if (made === undefined || kept.id === made.id)
    return sameText(kept.body, body) ? 'created' : renew(forge, kept, body);
  await forge.remove(made.id);
  return renew(forge, kept, body);
}

/** An answer that got lost says nothing about the comment: the list does. */
async function tryCreate(forge: Forge, body: string): Promise<PostedComment | undefined> {
  try {
    return await forge.create(body);
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'unclear_outcome') return undefined;
    throw thrown;
  }
}

/** Of this stack and by ourselves: somebody else may write the same marker. */
async function own(forge: Forge, stack: string): Promise<readonly PostedComment[]> {
  const self = await forge.self();
  const all = await forge.list();
  return all
    .filter(({ author, body }) => author === self && readMarker(body)?.stack === stack)
    .sort((a, b) => a.id - b.id);
}

/** Forges change line ends and the space at the end. */
function sameText(a: string, b: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();
  return plain(a) === plain(b);
}
