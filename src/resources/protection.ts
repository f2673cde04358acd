import { Problem } from '../errors.ts';
import type { Change } from '../lifecycle/resource.ts';
import { attribute } from '../schema/attribute.ts';
import type { Schema } from '../schema/schema.ts';
import { oneOf } from '../schema/validators.ts';

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

/**
 * Deletion protection, decided in the plan from the state alone, so that it holds when the block is gone too.
 * Abandoning deletes nothing, so it passes; replacing ends an identity, so it does not.
 * `object` names what is protected, `loss` says what its deletion would destroy, `instead` how to get what a replacement
 * is for without one.
 */
export function refuseIfProtected(
  change: Pick<Change<Schema>, 'action' | 'replaces'>,
  prior: Protected,
  object: string,
  loss: string,
  instead?: string,
): void {
  const { action } = change;
  if (action !== 'delete' && action !== 'replace') return;
  if (!protectionOf(prior).deletion_protection || (action === 'delete' && isAbandoned(prior))) return;
  const [path] = change.replaces;
  throw new Problem({
    code: 'refused',
    summary: `${object} is protected against deletion`,
    detail: `This plan would ${action} it: ${loss}${action === 'replace' && instead !== undefined ? ` ${instead}` : ''} To do it all the same: (1) set deletion_protection = false and apply, (2) then ${action} it. To keep it and only stop managing it, set deletion_policy = "abandon" and apply first, or use a removed block (or "terraform state rm").`,
    ...(action === 'replace' && path !== undefined ? { path } : {}),
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
    summary: `${object} is protected against deletion`,
    detail: 'It was gone when this was planned, and it is there again. Nothing was deleted; plan again.',
  });
}
