// What Terraform means, free of any protocol: values in, values and diagnostics out. The protocol server calls this
// interface and nothing else; whoever speaks another protocol one day calls the same.

import type { AttributePath } from '../errors.ts';
import type { FunctionParameter } from '../lifecycle/provider-definition.ts';
import type { IdentitySchema, MoveSource } from '../lifecycle/resource.ts';
import type { Schema } from '../schema/schema.ts';
import type { Type } from '../schema/type.ts';
import type { ObjectValue, Value } from '../schema/value.ts';

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly path?: AttributePath;
}

/** Every answer carries diagnostics; an answer with an error may still carry values, and they count. */
export interface Answer {
  readonly diagnostics: readonly Diagnostic[];
}

/** A whole object; `null` is absence (not yet there, or to be destroyed). */
export type ObjectOrNull = ObjectValue | null;

/** Opaque bytes kept by the engine beside a resource. Stored readable: no secrets. */
export type PrivateBytes = Uint8Array;

export interface ProviderSchemas {
  readonly provider: Schema;
  readonly resources: Readonly<Record<string, Schema>>;
  readonly identities: Readonly<Record<string, IdentitySchema>>;
  readonly dataSources: Readonly<Record<string, Schema>>;
  readonly ephemeralResources: Readonly<Record<string, Schema>>;
  readonly functions: Readonly<Record<string, FunctionSignature>>;
  readonly actions: Readonly<Record<string, Schema>>;
  readonly listResources: Readonly<Record<string, Schema>>;
}

export interface FunctionSignature {
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly FunctionParameter[];
  readonly variadic?: FunctionParameter;
  readonly returns: Type;
}

/** One call's abort signal: aborted by StopProvider, by the client going away, or by a timeout. */
export interface Call {
  readonly signal: AbortSignal;
}

export interface PlanRequest extends Call {
  readonly type: string;
  readonly config: ObjectOrNull;
  readonly prior: ObjectOrNull;
  /** Terraform's own merge of config and prior. */
  readonly proposed: ObjectOrNull;
  readonly priorPrivate?: PrivateBytes;
  readonly priorIdentity?: ObjectValue;
}
export interface PlanAnswerValues extends Answer {
  readonly planned: ObjectOrNull;
  readonly replaces: readonly AttributePath[];
  readonly private?: PrivateBytes;
  readonly identity?: ObjectValue;
}

export interface ApplyRequest extends Call {
  readonly type: string;
  readonly config: ObjectOrNull;
  readonly prior: ObjectOrNull;
  readonly planned: ObjectOrNull;
  readonly plannedPrivate?: PrivateBytes;
  readonly plannedIdentity?: ObjectValue;
}
export interface ApplyAnswer extends Answer {
  readonly state: ObjectOrNull;
  readonly private?: PrivateBytes;
  readonly identity?: ObjectValue;
}

export interface ReadRequest extends Call {
  readonly type: string;
  readonly state: ObjectValue;
  readonly private?: PrivateBytes;
  readonly identity?: ObjectValue;
}

export interface ImportRequest extends Call {
  readonly type: string;
  /** What the user typed; empty when `identity` is given. */
  readonly id: string;
  readonly identity?: ObjectValue;
}
export interface ImportAnswer extends Answer {
  readonly imported: readonly {
    readonly type: string;
    readonly state: ObjectValue;
    readonly identity?: ObjectValue;
    readonly private?: PrivateBytes;
  }[];
}

export interface OpenAnswer extends Answer {
  readonly result: ObjectOrNull;
  readonly renewAt?: Date;
  readonly private?: PrivateBytes;
}

export interface FunctionAnswer {
  readonly result?: Value;
  readonly error?: { readonly text: string; readonly argument?: number };
}

export interface ListEvent extends Answer {
  readonly displayName: string;
  /** Absent only in an event that is about no object, and says what went wrong. */
  readonly identity?: ObjectValue;
  readonly object?: ObjectValue;
}

export type ActionEvent =
  | { readonly kind: 'progress'; readonly message: string }
  | ({ readonly kind: 'completed' } & Answer);

/** A configured (or not yet configured) provider. One per process; calls run concurrently. None of them throws. */
export interface Provider {
  readonly schemas: ProviderSchemas;

  validateProviderConfig(config: ObjectValue): Promise<Answer>;
  configure(config: ObjectValue, engineVersion: string): Promise<Answer>;
  /** Asks everything in flight to finish soon. */
  stop(): void;

  validateResourceConfig(
    type: string,
    config: ObjectValue,
    client: { readonly writeOnlyAllowed: boolean },
  ): Promise<Answer>;
  /** `state` is parsed JSON of any earlier schema version, numbers as `number | Decimal`; arrays and objects plain. */
  upgradeResourceState(
    type: string,
    version: number,
    state: ObjectValue,
  ): Promise<Answer & { readonly state: ObjectOrNull }>;
  upgradeResourceIdentity(
    type: string,
    version: number,
    identity: ObjectValue,
  ): Promise<Answer & { readonly identity: ObjectOrNull }>;
  readResource(request: ReadRequest): Promise<ApplyAnswer>;
  planResourceChange(request: PlanRequest): Promise<PlanAnswerValues>;
  applyResourceChange(request: ApplyRequest): Promise<ApplyAnswer>;
  importResourceState(request: ImportRequest): Promise<ImportAnswer>;
  moveResourceState(source: MoveSource & { readonly targetType: string }): Promise<ApplyAnswer>;
  generateResourceConfig(
    type: string,
    state: ObjectValue,
  ): Promise<Answer & { readonly config: ObjectOrNull }>;

  validateDataSourceConfig(type: string, config: ObjectValue): Promise<Answer>;
  readDataSource(
    type: string,
    config: ObjectValue,
    call: Call,
  ): Promise<Answer & { readonly state: ObjectOrNull }>;

  validateEphemeralConfig(type: string, config: ObjectValue): Promise<Answer>;
  openEphemeral(type: string, config: ObjectValue, call: Call): Promise<OpenAnswer>;
  renewEphemeral(
    type: string,
    secret: PrivateBytes | undefined,
    call: Call,
  ): Promise<Omit<OpenAnswer, 'result'>>;
  closeEphemeral(type: string, secret: PrivateBytes | undefined, call: Call): Promise<Answer>;

  callFunction(name: string, args: readonly Value[]): Promise<FunctionAnswer>;

  validateActionConfig(type: string, config: ObjectValue): Promise<Answer>;
  planAction(type: string, config: ObjectValue): Promise<Answer>;
  invokeAction(type: string, config: ObjectValue, call: Call): AsyncIterable<ActionEvent>;

  validateListConfig(type: string, config: ObjectValue): Promise<Answer>;
  list(
    type: string,
    config: ObjectValue,
    options: Call & { readonly includeObject: boolean; readonly limit: number },
  ): AsyncIterable<ListEvent>;
}
