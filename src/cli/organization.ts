import type { Clock } from '../clock.ts';
import type { Operation, Warning } from '../lifecycle/operation.ts';
import { type Noun, nounsOf } from '../reconcile/noun.ts';
import type { PlanBinding } from '../reconcile/plan/plan-file.ts';
import { Reconciler } from '../reconcile/reconciler.ts';
import type { Configuration } from '../resources/configuration/schema.ts';
import { browserstackProvider, type Session, type Surroundings } from '../resources/index.ts';
import { seenOrganizationName } from '../resources/organization/index.ts';
import { serviceAccounts } from '../resources/service-account/index.ts';
import { teams } from '../resources/team/api.ts';
import { nounDetails } from './nouns.ts';

/** An organization ready to be reconciled: who calls it, and what is known of it so far. */
export interface Organization {
  readonly op: Operation<Session>;
  readonly nouns: readonly Noun<Session>[];
  readonly reconciler: Reconciler<Session>;
  /** What plans are bound to, as far as it is known without asking. */
  readonly binding: Omit<PlanBinding, 'organization'>;
  /** Name of the organization; a request, where no list gave it away. `null` where it cannot be seen. */
  organizationName(): Promise<string | null>;
}

/** What the run is embedded in. */
export interface RunContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  warn(warning: Warning): void;
  progress(message: string): void;
}

/** Configures the nouns. Sends nothing yet. */
export async function openOrganization(
  configuration: Configuration,
  surroundings: Surroundings,
  { clock, signal, warn, progress }: RunContext,
): Promise<Organization> {
  const session = await browserstackProvider(surroundings).configure(configuration, {
    clock,
    signal,
    engineVersion: surroundings.version,
    warn,
    log: (_level, message) => progress(message),
  });
  const op: Operation<Session> = { session, clock, signal, warn, progress };
  const nouns = reconcilableNouns(surroundings);
  const reconciler = new Reconciler({ nouns, op, forget, budget: session.settings.budget });
  const { base_url: url } = configuration;
  const target = typeof url === 'string' ? url : (surroundings.env.BROWSERSTACK_API_URL ?? null);
  const binding = { username: session.username, target, version: surroundings.version };
  const organizationName = async () => (await seenOrganizationName(session)) ?? null;
  return { op, nouns, reconciler, binding, organizationName };
}

export function reconcilableNouns(surroundings: Surroundings): readonly Noun<Session>[] {
  return nounsOf(browserstackProvider(surroundings).resources, nounDetails);
}

/** The next look at the organization is a request again. */
function forget(session: Session): void {
  session.snapshot(teams).invalidate();
  session.snapshot(serviceAccounts).invalidate();
}
