// One organization, opened: who calls it, what is known of it so far, and the reconciler on top. For the command line,
// the library and tests.

import type { Clock } from '../clock.ts';
import type { Operation, Warning } from '../lifecycle/operation.ts';
import type { PlanBinding } from '../reconcile/plan/plan-file.ts';
import { Reconciler } from '../reconcile/reconciler.ts';
import { ResourceTypes } from '../reconcile/resource-types.ts';
import type { Configuration } from '../resources/configuration/schema.ts';
import { browserstackProvider, resources, type Session, type Surroundings } from '../resources/index.ts';
import { knownOrganizationName, seenOrganizationName } from '../resources/organization/index.ts';

export interface Organization {
  readonly op: Operation<Session>;
  readonly types: ResourceTypes<Session>;
  readonly reconciler: Reconciler<Session>;
  /** `max_rotations_per_apply` of the provider block; `undefined` without a cap. */
  readonly maxRotations: number | undefined;
  /** What plans are bound to, as far as it is known without asking. */
  readonly binding: Omit<PlanBinding, 'organization'>;
  /** Name of the organization; a request, where no list gave it away. `null` where it cannot be seen. */
  organizationName(): Promise<string | null>;
  /** The same, if a list has given it away already. */
  knownOrganizationName(): string | null;
}

/** What the run is embedded in. */
export interface RunContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  warn(warning: Warning): void;
  progress(message: string): void;
}

/** Everything that is reconciled: all that is managed. */
export const resourceTypes = new ResourceTypes<Session>(resources);

/** Configures the nouns. Sends nothing yet. */
export async function openOrganization(
  configuration: Configuration,
  surroundings: Surroundings,
  { clock, signal, warn, progress }: RunContext,
): Promise<Organization> {
  const { max_rotations_per_apply: cap, base_url: url } = configuration;
  // The nouns would refuse a plan over the cap, each alone; the reconciler sees all of them and carries the rest over.
  const session = await browserstackProvider(surroundings).configure(
    { ...configuration, max_rotations_per_apply: null },
    {
      clock,
      signal,
      engineVersion: surroundings.version,
      warn,
      log: (_level, message) => progress(message),
    },
  );
  const op: Operation<Session> = { session, clock, signal, warn, progress };
  // The exact cost is part of every plan here; what the nouns can say of it one by one would be noise.
  const { cost } = session;
  const meter = { reset: () => cost.reset(), requests: () => cost.requests };
  const reconciler = new Reconciler({
    types: resourceTypes,
    op,
    forget: (opened: Session) => opened.forget(),
    budget: session.settings.budget,
    meter,
  });
  const target = typeof url === 'string' ? url : (surroundings.env.BROWSERSTACK_API_URL ?? null);
  return {
    op,
    types: resourceTypes,
    reconciler,
    maxRotations: typeof cap === 'number' ? cap : undefined,
    binding: { username: session.username, target, version: surroundings.version },
    knownOrganizationName: () => knownOrganizationName(session) ?? null,
    organizationName: async () => (await seenOrganizationName(session)) ?? null,
  };
}
