// A block that was renamed or moved without saying so: an engine deletes the object at the old address and makes one of
// the same name at the new one.

import type { PlanDocument } from '../plan/plan-document.ts';
import type { ResourceChange } from '../plan/resource-change.ts';

/** For a row that ends: the address at which one of the same name is made. */
export function madeAnewIn({ changes }: PlanDocument): (row: ResourceChange) => string | undefined {
  const made = new Map(
    changes.flatMap((row) => {
      const name = row.action === 'create' ? nameOf(row.type, row.after) : undefined;
      return name === undefined ? [] : [[name, row.address] as const];
    }),
  );
  return (row) => {
    const name = nameOf(row.type, row.before);
    return name === undefined ? undefined : made.get(name);
  };
}

/** What makes an object the same one for people. */
function nameOf(type: string, values: ResourceChange['before']): string | undefined {
  if (values === undefined) return undefined;
  const names: readonly unknown[] =
    type === 'browserstack_service_account' && 'identifier' in values
      ? [values.identifier, values.team]
      : type === 'browserstack_team' && 'name' in values
        ? [values.name]
        : type === 'browserstack_user' && 'email' in values
          ? [values.email]
          : [];
  return typeof names[0] === 'string' ? JSON.stringify([type, ...names]) : undefined;
}
