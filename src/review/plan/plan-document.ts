// A plan as a review sees it, whichever engine made it.

import type { Mask } from '../masking.ts';
import type { Configuration } from './configuration.ts';
import type { KnownObject } from './known-objects.ts';
import type { ForeignChange, ResourceChange } from './resource-change.ts';

export interface PlanDocument {
  /** `static`: no engine made it; it is the difference of two configurations. */
  readonly engine: 'terraform' | 'opentofu' | 'reconciler' | 'static';
  readonly engineVersion: string | undefined;
  readonly formatVersion: string;
  /** When it was made; everything that is said about ages counts from here. */
  readonly timestamp: Date | undefined;
  /** The engine or a provider refused: there is nothing that could be applied. */
  readonly errored: boolean;
  /** Whether applying it leaves nothing to plan; `undefined` where the engine does not say. */
  readonly complete: boolean | undefined;
  readonly applyable: boolean | undefined;
  /** What an apply costs, where the plan says it. */
  readonly cost?: { readonly writes: number; readonly lists: number; readonly seconds: number };
  readonly changes: readonly ResourceChange[];
  readonly foreign: readonly ForeignChange[];
  /** What differs from what was last known, of ours only. */
  readonly drift: readonly ResourceChange[];
  /** Changes that the engine puts off to a later plan. */
  readonly deferred: number;
  readonly prior: readonly KnownObject[];
  readonly planned: readonly KnownObject[];
  readonly outputs: readonly OutputChange[];
  readonly actions: readonly ActionInvocation[];
  /** `type.name` and attribute of what changes of this plan depend on, also through local values. */
  readonly relevant: readonly { readonly object: string; readonly attribute: string }[];
  readonly configuration: Configuration;
  /** Addresses that the base URL's variables give. */
  readonly urlVariables: ReadonlyMap<string, string>;
  /** Automate sessions of the organization, where a data source of the configuration reads them. */
  readonly automateTotal: number | undefined;
  /** Hides the secrets of this plan in texts that come from elsewhere. */
  readonly mask: Mask;
}

export interface OutputChange {
  readonly name: string;
  readonly changes: boolean;
  readonly goes: boolean;
  readonly sensitive: boolean;
}

/** A call of a provider's action, Terraform 1.14 and later. */
export interface ActionInvocation {
  readonly address: string;
  readonly type: string;
  readonly username: string | undefined;
  readonly reason: string | undefined;
  /** The change that triggers it, if one does. */
  readonly triggeredBy: string | undefined;
  readonly deferred: boolean;
}
