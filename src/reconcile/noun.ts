import type { Resource } from '../lifecycle/resource.ts';
import type { Schema } from '../schema/schema.ts';
import type { ObjectValue } from '../schema/value.ts';

/** An attribute that names another object: an account names its team. */
export interface Link {
  readonly type: string;
  /** The attribute of the other object that is named, e.g. `name`. */
  readonly attribute: string;
}

/** A kind of object that can be reconciled without a state: it can be listed, and recognized by a natural key. */
export interface Noun<Session> {
  readonly resource: Resource<Session, Schema> & {
    list: NonNullable<Resource<Session, Schema>['list']>;
    naturalKey: NonNullable<Resource<Session, Schema>['naturalKey']>;
  };
  /** As people call it in messages: `service account`. */
  readonly label: string;
  /**
   * Attributes of the configuration only: the service does not keep them, so they are never a difference. The value is
   * the one that an undeclared object has when its deletion was asked for.
   */
  readonly local: ObjectValue;
  /** Objects named by attributes must exist first and must not be deleted before. */
  readonly links: Readonly<Record<string, Link>>;
}

/** What a caller says about a noun beyond its contract. */
export interface NounDetails {
  readonly type: string;
  readonly label: string;
  readonly local?: ObjectValue;
  readonly links?: Readonly<Record<string, Link>>;
}

/**
 * The reconcilable nouns among `resources`, in the order of `details`: what stands first is created first and deleted
 * last. Every type in `details` must be there and must be listable.
 */
export function nounsOf<Session>(
  resources: readonly Resource<Session, Schema>[],
  details: readonly NounDetails[],
): readonly Noun<Session>[] {
  return details.map(({ type, label, local = {}, links = {} }) => {
    const resource = resources.find((candidate) => candidate.type === type);
    if (resource === undefined || !isReconcilable(resource))
      throw new Error(`${type} cannot be reconciled: it is unknown, cannot be listed or has no natural key`);
    return { resource, label, local, links };
  });
}

function isReconcilable<Session>(resource: Resource<Session, Schema>): resource is Noun<Session>['resource'] {
  return resource.list !== undefined && resource.naturalKey !== undefined;
}

/** The natural key as text for people, e.g. `Payments` (the key itself may be normalized: `payments`). */
export function displayName<Session>(noun: Noun<Session>, object: ObjectValue): string {
  const key = noun.resource.naturalKey(object);
  const written = Object.values(object).find(
    (value) => typeof value === 'string' && key !== undefined && sameText(value, key),
  );
  return typeof written === 'string' ? written : (key ?? '?');
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
