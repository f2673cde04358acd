import { engineCommand } from '../engine-command.ts';
import { type AttributePath, Problem } from '../errors.ts';
import { attribute } from '../schema/attribute.ts';
import { oneOf } from '../schema/validators.ts';
import { MOVED, STOP_MANAGING, UNTAINT } from './advice.ts';

/** What every noun has whose deletion is final. They stand in state only, never in the service. */
export const protectionAttributes = {
  deletion_protection: attribute.bool({
    optional: true,
    default: true,
    stateOnly: true,
    description:
      'Refuses, already in the plan, to delete or replace it: deletion is final. To delete: set to `false`, apply, then remove. Kept in state, so it also holds when the block is gone. It does not bind the console or the API.',
  }),
  deletion_policy: attribute.string({
    optional: true,
    default: 'delete',
    stateOnly: true,
    validate: [oneOf('delete', 'abandon')],
    description:
      'What destroying means: `delete` (default) deletes it, `abandon` only stops managing it, to hand it over to somebody else. Kept in state: set it and apply before the block is removed.',
  }),
};

/** An object in state that may be protected. Null where an import or an older version left it open. */
export interface Protected {
  readonly deletion_protection: boolean | null;
  readonly deletion_policy: string | null;
}

export const ON_IMPORT = { deletion_protection: true, deletion_policy: 'delete' } as const;

/** The two attributes as they stand, with the defaults where they stand open. */
export function protectionOf({ deletion_protection, deletion_policy }: Protected) {
  return {
    deletion_protection: deletion_protection ?? ON_IMPORT.deletion_protection,
    deletion_policy: deletion_policy ?? ON_IMPORT.deletion_policy,
  };
}

export function isAbandoned({ deletion_policy }: Protected): boolean {
  return deletion_policy === 'abandon';
}

/** What a plan would do to a protected object. */
export type Ending =
  | { readonly by: 'deletion' }
  /** The configuration changed `path`, whose old value `before` would keep the object. */
  | {
      readonly by: 'change';
      readonly path: AttributePath;
      readonly before: string;
      readonly unprotects: boolean;
    }
  /** -replace, or replace_triggered_by. */
  | { readonly by: 'request' }
  /** Nobody says why: Terraform plans a tainted object as if it were not there. */
  | { readonly by: 'taint' };

/**
 * Deletion protection, decided in the plan from the state alone, so that it holds when the block is gone too.
 * Abandoning deletes nothing, so it passes; replacing ends an identity, so it does not.
 * `object` names what is protected, `loss` says what its deletion would destroy, `instead` how to get what a changed
 * attribute is for without a replacement.
 */
export function refuseIfProtected(
  ending: Ending,
  prior: Protected,
  { object, loss, instead }: { readonly object: string; readonly loss: string; readonly instead?: string },
): void {
  if (!protectionOf(prior).deletion_protection || (ending.by === 'deletion' && isAbandoned(prior))) return;
  const verb = ending.by === 'deletion' ? 'delete' : 'replace';
  const way = ending.by === 'change' && instead !== undefined ? ` ${instead}` : '';
  throw new Problem({
    code: 'refused',
    diagnostic: 'protected',
    summary: `${object} is protected against deletion`,
    detail: `This plan would ${verb} it: ${loss}${way} ${wayOut(ending)}`,
    ...(ending.by === 'change' ? { path: ending.path } : {}),
  });
}

/**
 * Asked before a deletion: whether the object is gone, as its plan found. A protected object comes this far in no other
 * case, so then nothing needs to be sent.
 * @param find Looks for it.
 * @throws Problem `refused` when it is there after all: its plan looked at an older world.
 */
export async function isGoneAsPlanned(
  state: Protected,
  object: string,
  find: () => Promise<unknown>,
): Promise<boolean> {
  if (!protectionOf(state).deletion_protection) return false;
  if ((await find()) === undefined) return true;
  throw new Problem({
    code: 'refused',
    diagnostic: 'protected',
    summary: `${object} is protected against deletion`,
    detail: 'It was gone when this was planned, and it is there again. Nothing was deleted; plan again.',
  });
}

function wayOut(ending: Ending): string {
  switch (ending.by) {
    case 'deletion':
      return `If its block was only renamed or moved, write:
${MOVED}
To delete it: (1) set deletion_protection = false and apply, (2) then delete it. To keep it and only stop managing it, set deletion_policy = "abandon" and apply first, or write instead of its block:
${STOP_MANAGING}`;
    case 'change':
      return ending.unprotects
        ? `deletion_protection = false counts once it is applied: (1) put back ${ending.before}, (2) apply, (3) then change it again.`
        : `To do it all the same: (1) put back ${ending.before}, set deletion_protection = false and apply, (2) then change it again.`;
    case 'request':
      return `It is replaced on request, nothing in its block demands it: leave out -replace, or what replace_triggered_by refers to. To replace it all the same: (1) set deletion_protection = false and apply without the request, (2) then replace it.`;
    case 'taint':
      return `The state holds it, and the engine plans a new one in its place. If it is tainted (by a provisioner that failed, or by the command taint), keep it with: ${UNTAINT}. If its block was renamed or moved, write:
${MOVED}
To replace it all the same: (1) ${UNTAINT}, set deletion_protection = false and apply, (2) then replace it: ${engineCommand('apply -replace=ADDRESS')}.`;
  }
}
