// What stopped a plan, and at which object: that object is missing from the plan, so it is looked up where it was before.

import type { Change } from './change.ts';
import type { Diagnostic } from './plan/diagnostics.ts';
import type { KnownObject } from './plan/known-objects.ts';
import type { PlanDocument } from './plan/plan-document.ts';

export interface Refusal {
  readonly address: string | undefined;
  /** What people call the object; absent for a new one, or the plan as a whole. */
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly code: string | undefined;
  readonly summary: string;
  readonly detail: string;
}

export function refusalsOf(document: PlanDocument, diagnostics: readonly Diagnostic[]): readonly Refusal[] {
  const objects = new Map([...document.planned, ...document.prior].map((object) => [object.address, object]));
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ address, code, summary, detail }) => {
      const object = address === undefined ? undefined : objects.get(address);
      return {
        address,
        name: object && nameOf(object),
        type: object?.type ?? typeIn(address),
        code,
        summary,
        detail,
      };
    });
}

/** How many keys the plan would rotate if it were not refused: the one it stopped at is in no row. */
export function wouldRotate(refusals: readonly Refusal[], changes: readonly Change[]): number {
  const planned = changes.filter(
    ({ kind }) => kind === 'rotate' || kind === 'may_rotate' || kind === 'switch' || kind === 'may_switch',
  );
  const addresses = new Set(planned.map(({ address }) => address));
  for (const { code, address } of refusals)
    if (code === 'too_many_rotations' && address !== undefined) addresses.add(address);
  return addresses.size;
}

function nameOf(object: KnownObject): string | undefined {
  switch (object.type) {
    case 'browserstack_team':
      return object.values.name ?? undefined;
    case 'browserstack_service_account':
      return object.values.identifier ?? undefined;
    case 'browserstack_access_key':
    case 'browserstack_credential_pair':
      return object.values.identifier ?? object.values.username ?? undefined;
    case 'browserstack_user':
      return object.values.email ?? undefined;
  }
}

function typeIn(address: string | undefined): string | undefined {
  return /(?:^|\.)(browserstack_[a-z_]+)\./u.exec(address ?? '')?.[1];
}
