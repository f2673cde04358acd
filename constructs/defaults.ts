// What an organization or a team says once for everything that stands in it.

import type { IConstruct } from 'constructs';
import type { Naming } from './naming';
import type { RotationPolicy } from './rotation/rotation-policy';

export interface ScopeDefaults {
  /**
   * Refuses to delete or replace teams and accounts, already in the plan, where they do not say themselves.
   * @default - as the nearest construct around it says; true when none does
   */
  readonly deletionProtection?: boolean;

  /**
   * When keys are rotated that have no policy of their own.
   * @default - as the nearest construct around it says; never by age when none does
   */
  readonly rotation?: RotationPolicy;

  /**
   * Who answers for it: a team or an address. Shown, beside the consumers, by a plan that would reach them.
   * @default - as the nearest construct around it says; nobody when none does
   */
  readonly owner?: string;

  /**
   * How identifiers follow from construct ids, where none is given.
   * @default - as the nearest construct around it says; Naming.TEAM_AND_ID when none does
   */
  readonly naming?: Naming;
}

/** A registered symbol, so that it works even when the package is installed twice. */
const DEFAULTS = Symbol.for('browserstack-iac/Defaults');

export function setDefaults(construct: IConstruct, defaults: ScopeDefaults): void {
  Object.defineProperty(construct, DEFAULTS, { value: defaults });
}

/** What `construct`, or the nearest construct around it that says anything about it, says. */
export function defaultFor<Name extends keyof ScopeDefaults>(
  construct: IConstruct,
  name: Name,
): ScopeDefaults[Name] {
  for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope) {
    const said = (at as IConstruct & { readonly [DEFAULTS]?: ScopeDefaults })[DEFAULTS]?.[name];
    if (said !== undefined) return said;
  }
  return undefined;
}
