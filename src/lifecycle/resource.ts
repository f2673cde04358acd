// The contract a noun answers, the same for every engine: look, create, update, delete. It is level-based: each
// operation makes the world as asked, whatever happened before. Looking never writes; deleting the absent succeeds.

import type { AttributePath, Problem } from '../errors.ts';
import type { Attributes } from '../schema/attribute.ts';
import type { ConfigOf, PlannedOf, Schema, StateOf } from '../schema/schema.ts';
import type { ObjectValue } from '../schema/value.ts';
import type { Operation, WriteOperation } from './operation.ts';

/** A change as the engine understood it, before the noun has had its say. */
export interface Change<S extends Schema> {
  readonly action: 'create' | 'update' | 'replace' | 'delete' | 'no-op';
  /** `undefined` when the block was removed or everything is destroyed. */
  readonly config: ConfigOf<S> | undefined;
  readonly prior: StateOf<S> | undefined;
  /** `undefined` for a delete. */
  readonly planned: PlannedOf<S> | undefined;
  /** Paths whose change requires a replacement. */
  readonly replaces: readonly AttributePath[];
  /**
   * For a create that takes the place of another object: that one. Terraform plans a replacement twice, the second time
   * as a create. Unknown to it for a tainted object, which looks like any new one: see `Beside`.
   */
  readonly replaced?: ReplacedObject<S>;
}

export interface ReplacedObject<S extends Schema> {
  readonly state: StateOf<S>;
  /** The plan of the change itself was a replacement already; otherwise it is asked for (-replace, a trigger). */
  readonly announced: boolean;
}

/** The noun's say: what to plan instead, which further paths require a replacement, and which do not after all. */
export interface PlanAnswer<S extends Schema> {
  readonly planned?: PlannedOf<S>;
  readonly replaces?: readonly AttributePath[];
  /**
   * Paths of `change.replaces` that `update` changes in place this time. When that is all of them, the replacement
   * becomes an update, and `planned` must give the computed values that stay: a replacement has them unknown.
   */
  readonly inPlace?: readonly AttributePath[];
  /**
   * For a create that may take the place of another object: what `delete` of that one is told when the plan is applied.
   * It is all that a plan can tell an apply about a replacement, where the new object is planned as if there were no old
   * one. Not told where the new one is made first (create_before_destroy). No secrets: it is stored.
   */
  readonly farewell?: string;
}

export interface IdentitySchema {
  readonly version: number;
  /** Flat: strings, numbers, bools. `required` = must be given to import. */
  readonly attributes: Attributes;
}

/** A stored state of an earlier schema version, as plain values; numbers keep their digits. */
export type Upgrade = (old: ObjectValue) => ObjectValue;

/** An attribute that names another object: an account names its team. */
export interface Link {
  readonly type: string;
  /** The attribute of the other object that is named, e.g. `name`. */
  readonly attribute: string;
}

/** A change that gives a credential another secret. */
export interface PlannedRotation {
  /** Names triggers and dates, never their values. */
  readonly reason: string;
  /** Since when it is due (RFC 3339); null when it is not its age that asks for it. */
  readonly dueSince: string | null;
  /** User name of the account whose key dies. */
  readonly username: string;
}

/** Facts about objects of another type that are no attributes of theirs, such as the fingerprint of an account's key. */
export interface Marks<Session> {
  /** The type of the objects. */
  readonly of: string;
  /** Looks once for all objects; null where a fact cannot be seen. */
  look(op: Operation<Session>): Promise<(object: ObjectValue) => Readonly<Record<string, string | null>>>;
}

/** As people call a noun. */
export function labelOf({ type, label }: { readonly type: string; readonly label?: string }): string {
  return label ?? type.slice(type.indexOf('_') + 1).replaceAll('_', ' ');
}

/** A managed noun. Members that are not every noun's business are optional. */
export interface Resource<Session, S extends Schema = Schema> {
  /** Terraform's type name, e.g. `browserstack_team`. */
  readonly type: string;
  readonly schema: S;
  readonly identity?: IdentitySchema;
  /** As people call it in messages: `service account`; the words of the type unless given. */
  readonly label?: string;
  /** Attributes that name other objects: those must exist first, and must not be deleted before. */
  readonly links?: Readonly<Record<string, Link>>;
  /** False where destroying only stops managing: the service has no call that deletes. */
  readonly deletable?: false;

  /** Rules between attributes. Values may be unknown; returns all problems at once. Never touches the network. */
  validate?(config: ConfigOf<S>): readonly Problem[];

  /**
   * Pure with respect to the remote: looks, decides, never writes. Terraform asks twice and both answers must agree.
   * Throws to refuse. `session` is undefined while the provider's own configuration is not known yet.
   */
  plan?(change: Change<S>, op: PlanOperation<Session>): Promise<PlanAnswer<S> | undefined>;

  /** The object as it is now, or `undefined` when it is gone. `prior` may be just what an import gave. */
  read(prior: StateOf<S>, op: Operation<Session>): Promise<StateOf<S> | undefined>;

  create(planned: PlannedOf<S>, op: WriteOperation<Session, StateOf<S>>): Promise<StateOf<S>>;

  /**
   * What the answer to a creation leaves open, read afterwards, so that the next refresh finds nothing new. Only engines
   * that keep a state ask, and a failure costs nothing but that.
   */
  afterCreation?(state: StateOf<S>, op: Operation<Session>): Promise<StateOf<S>>;

  /** Absent: every change of a configurable attribute replaces. */
  update?(
    planned: PlannedOf<S>,
    prior: StateOf<S>,
    op: WriteOperation<Session, StateOf<S>>,
  ): Promise<StateOf<S>>;

  /**
   * Deleting what is gone already is a success.
   * @param farewell What the plan of the object that replaces this one had to tell.
   */
  delete(state: StateOf<S>, op: WriteOperation<Session, StateOf<S>>, farewell?: string): Promise<void>;

  /** What the deletion of this object takes along, each a clause: `3 people lose their team`. */
  losses?(state: StateOf<S>): readonly string[];
  /** Whether this change rotates a key, and why. */
  rotation?(prior: StateOf<S>, planned: PlannedOf<S>): PlannedRotation | undefined;
  readonly marks?: Marks<Session>;
  /** @throws Problem `forbidden` when these credentials could not see this object if it were there. */
  refuseInvisible?(object: ObjectValue, op: Operation<Session>): Promise<void>;

  /** From what the user typed after the address to enough state for `read`. Throws if there is no such object. */
  importState?(id: string, op: Operation<Session>): Promise<Partial<StateOf<S>>>;

  /** What `importState` takes for each object, and for no other of `all`. */
  importIds?(all: readonly StateOf<S>[]): (state: StateOf<S>) => string;

  /** The identity of an object in state. Required when `identity` is given. */
  identityOf?(state: StateOf<S>): ObjectValue;
  /** From an identity to enough state for `read`. */
  importIdentity?(identity: ObjectValue, op: Operation<Session>): Promise<Partial<StateOf<S>>>;

  /**
   * Stored state with what earlier versions of the same schema did not have, where the rest of it says (there it is
   * null). Not an upgrade: the schema keeps its version, so that an earlier provider can still read the state. Pure;
   * runs unconfigured.
   */
  readonly complete?: Upgrade;
  /** From schema version N to N + 1. */
  readonly upgrades?: Readonly<Record<number, Upgrade>>;
  /** Reshapes the state of another type for a `moved` block. Runs unconfigured: must not touch the network. */
  moveFrom?(source: MoveSource): StateOf<S> | undefined;

  /** Everything of this kind that these credentials can see. What the reconciler, adoption and `query` look at. */
  list?(op: Operation<Session>): Promise<readonly StateOf<S>[]>;
  /**
   * What `list` showed and a second list, some time later, together. One list may show an older world: what both lack is
   * not there. Absent where one list is enough.
   */
  listAgain?(op: Operation<Session>): Promise<readonly StateOf<S>[]>;
  /** What tells one object from another for the person who writes the configuration: a name, an identifier. */
  naturalKey?(object: ObjectValue): string | undefined;
}

export interface MoveSource {
  /** Source address of the other provider, e.g. `registry.terraform.io/hashicorp/random`. */
  readonly provider: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly state: ObjectValue;
}

/** Planning may happen before the provider is configured: then there is no session. */
export interface PlanOperation<Session> extends Omit<Operation<Session>, 'session'> {
  readonly session: Session | undefined;
  /** Absent in an engine that sees all objects at once and judges collisions itself. */
  readonly beside?: Beside;
}

/**
 * What this run has met beside the object that is planned. Objects come in no promised order, so what is not there yet
 * may come later: whichever of two comes second sees both.
 */
export interface Beside {
  /** This run has begun to write, so it is no plan for a person to read: the write itself finds what is wrong. */
  readonly applying: boolean;
  /** The object of the type with this identity, when it stands in the engine's state. */
  held(type: string, identity: ObjectValue): HeldObject | undefined;
  /** Objects of the type with this natural key, whatever its case, that this run plans to make. */
  creations(type: string, naturalKey: string): readonly ObjectValue[];
  /**
   * Resolves when nothing more is asked: for what has to be said about all objects. Call it for an error only, it takes
   * its time.
   */
  everyoneWasAsked(): Promise<void>;
}

/**
 * Both may be true, for an object that stands in the state twice (imported under a second address); neither is, until
 * the engine has asked, and for a tainted object, about which it never asks.
 */
export interface HeldObject {
  readonly state: ObjectValue;
  /** This run plans to keep it. */
  readonly stays: boolean;
  /** Its state at the address where this run plans to end it, by a deletion or a replacement. */
  readonly ending: ObjectValue | undefined;
}
