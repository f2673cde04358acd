// Everything a provider is made of, as data: the engines read it, the nouns fill it in.

import type { Clock } from '../clock.ts';
import type { Problem } from '../errors.ts';
import type { ConfigOf, Schema, StateOf } from '../schema/schema.ts';
import type { Type } from '../schema/type.ts';
import type { ObjectValue, Value } from '../schema/value.ts';
import type { Operation, Warning } from './operation.ts';
import type { Resource } from './resource.ts';

export interface DataSource<Session, S extends Schema = Schema> {
  readonly type: string;
  readonly schema: S;
  validate?(config: ConfigOf<S>): readonly Problem[];
  /** `config` is wholly known here. */
  read(config: ConfigOf<S>, op: Operation<Session>): Promise<StateOf<S>>;
}

/** A value that lives for one run only. Opening happens in plan and in apply: it must only read. */
export interface EphemeralResource<Session, S extends Schema = Schema> {
  readonly type: string;
  readonly schema: S;
  validate?(config: ConfigOf<S>): readonly Problem[];
  open(config: ConfigOf<S>, op: Operation<Session>): Promise<Opened<S>>;
  renew?(secret: Uint8Array | undefined, op: Operation<Session>): Promise<Omit<Opened<Schema>, 'result'>>;
  close?(secret: Uint8Array | undefined, op: Operation<Session>): Promise<void>;
}

export interface Opened<S extends Schema> {
  readonly result: StateOf<S>;
  /** Ask again before this time. */
  readonly renewAt?: Date;
  /** Handed back to renew and close; never stored. */
  readonly private?: Uint8Array;
}

export interface FunctionParameter {
  readonly name: string;
  readonly type: Type;
  readonly description: string;
  readonly allowNull?: boolean;
  readonly allowUnknown?: boolean;
}

/** A pure function for configurations: same arguments, same answer, no network, no clock. */
export interface ProviderFunction {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly FunctionParameter[];
  readonly variadic?: FunctionParameter;
  readonly returns: Type;
  /** A thrown Problem whose path starts with a number names that argument. */
  call(args: readonly Value[]): Value;
}

/** Something done on demand (Terraform ≥ 1.14). It changes no state and returns nothing but progress. */
export interface Action<Session, S extends Schema = Schema> {
  readonly type: string;
  readonly schema: S;
  validate?(config: ConfigOf<S>): readonly Problem[];
  plan?(config: ConfigOf<S>, op: Omit<Operation<Session>, 'session'>): Promise<void>;
  invoke(config: ConfigOf<S>, op: Operation<Session>): Promise<void>;
}

/** Finds objects for `terraform query` (Terraform ≥ 1.14). Has the type name of a resource with an identity. */
export interface ListResource<Session, S extends Schema = Schema> {
  readonly type: string;
  /** The schema of the query's `config` block. */
  readonly schema: S;
  validate?(config: ConfigOf<S>): readonly Problem[];
  list(config: ConfigOf<S>, op: Operation<Session>): AsyncIterable<ListedObject>;
}

export interface ListedObject {
  readonly displayName: string;
  readonly identity: ObjectValue;
  /** The whole object as state, sent when the engine asks for it. */
  readonly state?: ObjectValue;
}

export interface ConfigureContext {
  readonly clock: Clock;
  /** Version of the engine, e.g. `1.11.4`. */
  readonly engineVersion: string;
  warn(warning: Warning): void;
  /** Aborted when the engine, or the run, is asked to stop. */
  readonly signal: AbortSignal;
  /** A line for the provider's log. */
  log(level: 'trace' | 'debug' | 'info' | 'warn' | 'error', message: string): void;
}

// Nouns of different schemas stand in one list; only the engines look inside, guided by each noun's own schema.
// biome-ignore-start lint/suspicious/noExplicitAny: Resource<S> is invariant in S, no other element type accepts all nouns
/** A managed noun whatever its schema. */
export type AnyResource<Session> = Resource<Session, any>;

export interface ProviderDefinition<Session, S extends Schema = Schema> {
  /** Local name, e.g. `browserstack`: the prefix of every type. */
  readonly name: string;
  readonly version: string;
  /** Schema of the provider block. */
  readonly schema: S;
  validate?(config: ConfigOf<S>): readonly Problem[];
  /** Never called with a wholly or partly unknown configuration: then operations run without a session. */
  configure(config: ConfigOf<S>, context: ConfigureContext): Promise<Session>;
  readonly resources: readonly AnyResource<Session>[];
  readonly dataSources: readonly DataSource<Session, any>[];
  readonly ephemeralResources?: readonly EphemeralResource<Session, any>[];
  readonly functions?: readonly ProviderFunction[];
  readonly actions?: readonly Action<Session, any>[];
  readonly listResources?: readonly ListResource<Session, any>[];
}

/** A provider whatever the schema of its provider block. */
export type AnyProviderDefinition<Session> = ProviderDefinition<Session, any>;
// biome-ignore-end lint/suspicious/noExplicitAny: see above
