// What every operation stands on: the definition, who is configured, one way to answer. An operation never throws:
// whatever goes wrong becomes a diagnostic beside values that are still true.

import type { Clock } from '../clock.ts';
import { engineCommand } from '../engine-command.ts';
import { Problem } from '../errors.ts';
import type { Operation } from '../lifecycle/operation.ts';
import type { AnyProviderDefinition } from '../lifecycle/provider-definition.ts';
import type { BlockSchema } from '../schema/transform.ts';
import { Diagnostics, unknownNoun } from './diagnostics.ts';
import type { Answer, Call, ProviderSchemas } from './provider.ts';
import { Run } from './run.ts';
import { schemasOf } from './schemas.ts';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** What comes from outside; entry passes it in. */
export interface ProviderContext {
  readonly clock: Clock;
  log(level: LogLevel, message: string, fields?: Readonly<Record<string, string>>): void;
}

type NounOf<List> = NonNullable<List> extends readonly (infer Noun)[] ? Noun : never;
export type ResourceNoun<Session> = NounOf<AnyProviderDefinition<Session>['resources']>;

/** Kinds of nouns that are found by type name. */
type Kind = 'resources' | 'dataSources' | 'ephemeralResources' | 'actions' | 'listResources';
const KIND_NAMES: Readonly<Record<Kind, string>> = {
  resources: 'resource',
  dataSources: 'data source',
  ephemeralResources: 'ephemeral resource',
  actions: 'action',
  listResources: 'list resource',
};

type Configured<Session> =
  | { readonly state: 'not yet' | 'unknown values' }
  | { readonly state: 'ready'; readonly session: Session };

export class Engine<Session> {
  readonly definition: AnyProviderDefinition<Session>;
  readonly schemas: ProviderSchemas;
  readonly context: ProviderContext;
  readonly #stopping = new AbortController();
  readonly #byType = new Map<Kind, ReadonlyMap<string, unknown>>();
  #configured: Configured<Session> = { state: 'not yet' };
  #run = new Run();

  constructor(definition: AnyProviderDefinition<Session>, context: ProviderContext) {
    this.definition = definition;
    this.schemas = schemasOf(definition);
    this.context = context;
  }

  /** Answers with what `work` says, or with `instead` and the reason; warnings stand beside either. */
  async answer<T extends object>(
    instead: T,
    work: (diagnostics: Diagnostics) => Promise<T>,
  ): Promise<T & Answer> {
    const diagnostics = new Diagnostics();
    const values = await work(diagnostics).catch((thrown: unknown) => {
      diagnostics.fail(thrown);
      this.logBug(thrown);
      return instead;
    });
    return { ...values, diagnostics: diagnostics.all };
  }

  /** @throws Problem `invalid_input` when there is none of that name. */
  noun<K extends Kind>(kind: K, type: string): NounOf<AnyProviderDefinition<Session>[K]> {
    const found = this.#nouns(kind).get(type);
    if (found === undefined) throw unknownNoun(KIND_NAMES[kind], type);
    // Found in the list of exactly this kind.
    return found as NounOf<AnyProviderDefinition<Session>[K]>;
  }

  #nouns(kind: Kind): ReadonlyMap<string, unknown> {
    let byType = this.#byType.get(kind);
    if (byType === undefined) {
      const nouns: readonly { readonly type: string }[] = this.definition[kind] ?? [];
      byType = new Map(nouns.map((noun) => [noun.type, noun]));
      this.#byType.set(kind, byType);
    }
    return byType;
  }

  configureWith(session: Session): void {
    this.#configured = { state: 'ready', session };
    this.#run = new Run();
  }

  /** The provider block holds values known only after apply. */
  configureUnknown(): void {
    this.#configured = { state: 'unknown values' };
    this.#run = new Run();
  }

  /** What was met since the provider was configured: one walk of the engine through its graph. */
  get run(): Run {
    return this.#run;
  }

  get session(): Session | undefined {
    return this.#configured.state === 'ready' ? this.#configured.session : undefined;
  }

  /** True while the provider block holds values known only after apply. */
  get waiting(): boolean {
    return this.#configured.state === 'unknown values';
  }

  /** Aborted when the engine asked to stop. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  stop(): void {
    const reason = new Problem({
      code: 'canceled',
      summary: 'Interrupted',
      detail: 'Terraform was asked to stop. What was finished is kept; run again to continue.',
    });
    this.#stopping.abort(reason);
  }

  /** What a noun is given. @throws Problem when there is no session. */
  operation(type: string, call: Call, diagnostics: Diagnostics, level?: BlockSchema): Operation<Session> {
    const configured = this.#configured;
    if (configured.state !== 'ready') throw notConfigured(configured.state);
    if (level !== undefined) diagnostics.within(level);
    return operationOf(configured.session, this.context, type, call, this.stopping, diagnostics);
  }

  /** The same for operations that also run before the provider is configured. */
  planOperation(type: string, call: Call, diagnostics: Diagnostics, level?: BlockSchema) {
    if (level !== undefined) diagnostics.within(level);
    return operationOf(this.session, this.context, type, call, this.stopping, diagnostics);
  }

  /** A bug of ours leaves its trace in the log, where the user does not have to read it. */
  logBug(thrown: unknown): void {
    if (thrown instanceof Error && thrown.name !== 'Problem' && thrown.name !== 'Problems')
      this.context.log('error', 'internal error', { stack: thrown.stack ?? thrown.message });
  }
}

/** What one operation is given. */
function operationOf<S>(
  session: S,
  context: ProviderContext,
  type: string,
  call: Call,
  stopping: AbortSignal,
  diagnostics: Diagnostics,
): Omit<Operation<S>, 'session'> & { readonly session: S } {
  let signal: AbortSignal | undefined;
  return {
    session,
    clock: context.clock,
    /** Made when somebody listens: most operations are answered from what is known already. */
    get signal() {
      signal ??= AbortSignal.any([call.signal, stopping]);
      return signal;
    },
    warn: (warning) => diagnostics.warn(warning),
    progress: (message) => context.log('info', message, { type }),
  };
}

function notConfigured(state: 'not yet' | 'unknown values'): Problem {
  if (state === 'not yet')
    return new Problem({
      code: 'internal',
      summary: 'The provider is not configured',
      detail: 'The engine asked for an operation before it configured the provider.',
    });
  return new Problem({
    code: 'invalid_input',
    summary: 'The provider block is not known yet',
    detail: `It refers to values that are known only after apply, so nothing can be done with it now. Apply what it refers to first, or write the values into the provider block. To apply it alone: ${engineCommand('apply -target=ADDRESS')}`,
  });
}
