// One row of `resource_changes` or `resource_drift`: what happens to one object.

import type { Mask } from '../masking.ts';
import { isReviewed, type ReviewedType, type Values, valuesOf } from './attributes.ts';
import { isObject, type JsonObject, listOf, objectOf, objectsOf, tryText } from './json.ts';

/** What an engine does about an object, whatever the order in which it does it. */
export type Action =
  | 'no-op'
  | 'create'
  | 'update'
  | 'delete'
  /** The object is deleted and another one made. */
  | 'replace'
  /** The object leaves the state and lives on. */
  | 'forget'
  /** The object leaves the state and lives on, and another one is made. */
  | 'forget-and-create'
  /** Nothing that changes anything: a data source is read, an ephemeral resource opened. */
  | 'read'
  /** An action that this version has never heard of. */
  | 'unknown';

/** Where an object stands in the configuration. */
export interface Place {
  readonly address: string;
  /** `module.a["x"]`; empty in the root module. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  /** Key of `for_each` or number of `count`. */
  readonly index: string | number | undefined;
}

/** An object of another provider: that it changes, never how. */
export interface ForeignChange extends Place {
  readonly action: Action;
}

export interface ChangeOf<T extends ReviewedType> extends Place {
  readonly type: T;
  readonly action: Action;
  /** As the engine writes them. */
  readonly actions: readonly string[];
  /** Why the engine does it, in its own closed vocabulary. */
  readonly actionReason: string | undefined;
  readonly before: Values<T> | undefined;
  readonly after: Values<T> | undefined;
  /** Attributes that are known only after the apply, wholly or in part. */
  readonly unknown: ReadonlySet<string>;
  /** Triggers whose values are known only after the apply. */
  readonly unknownTriggers: readonly string[];
  /** Attributes that make it a replacement. */
  readonly replacePaths: readonly string[];
  readonly importing: boolean;
  readonly previousAddress: string | undefined;
  /** An object that an interrupted replacement left behind. */
  readonly deposed: boolean;
}

export type ResourceChange = { readonly [T in ReviewedType]: ChangeOf<T> }[ReviewedType];

/** What carries a key: a rotation of either is decided alike. */
export type Credential = ChangeOf<'browserstack_access_key'> | ChangeOf<'browserstack_credential_pair'>;

/** Objects of ours that this version does not know, and all objects of other providers. */
export interface Rows {
  readonly changes: readonly ResourceChange[];
  readonly foreign: readonly ForeignChange[];
}

export const PREFIX = 'browserstack_';

/** Everything in a list of rows that is managed; data sources and ephemeral resources change nothing. */
export function rowsOf(json: unknown, mask: Mask): Rows {
  const changes: ResourceChange[] = [];
  const foreign: ForeignChange[] = [];
  for (const row of objectsOf(json)) {
    if (row.mode !== undefined && row.mode !== 'managed') continue;
    const place = placeOf(row, mask);
    if (place === undefined) continue;
    const change = objectOf(row.change);
    if (isReviewed(place.type)) changes.push(changeOf(place.type, place, row, change, mask));
    else foreign.push({ ...place, action: actionOf(change) });
  }
  return { changes, foreign };
}

function changeOf<T extends ReviewedType>(
  type: T,
  place: Place,
  row: JsonObject,
  change: JsonObject,
  mask: Mask,
): ResourceChange {
  const side = (json: unknown) => (isObject(json) ? valuesOf(type, json, mask) : undefined);
  const unknown = objectOf(change.after_unknown);
  const made: ChangeOf<T> = {
    ...place,
    type,
    action: actionOf(change),
    actions: listOf(change.actions).filter((one) => typeof one === 'string'),
    actionReason: tryText(row.action_reason),
    before: side(change.before),
    after: side(change.after),
    unknown: new Set(Object.keys(unknown).filter((name) => holdsTrue(unknown[name]))),
    unknownTriggers: Object.keys(objectOf(unknown.triggers)).map(mask),
    replacePaths: listOf(change.replace_paths).flatMap((path) => tryText(listOf(path)[0]) ?? []),
    importing: isObject(change.importing),
    previousAddress: tryText(row.previous_address),
    deposed: row.deposed !== undefined,
  };
  // One member of the union for each type, and this is the one of `type`.
  return made as unknown as ResourceChange;
}

/** Where the row stands; `undefined` for a row that does not say what it is about. */
export function placeOf(row: JsonObject, mask: Mask): Place | undefined {
  const type = tryText(row.type);
  const address = tryText(row.address);
  if (type === undefined || address === undefined) return undefined;
  const { index } = row;
  return {
    address: mask(address),
    module: mask(tryText(row.module_address) ?? ''),
    type,
    name: tryText(row.name) ?? '',
    index: typeof index === 'string' ? mask(index) : typeof index === 'number' ? index : undefined,
  };
}

const ACTIONS: Readonly<Record<string, Action>> = {
  'no-op': 'no-op',
  create: 'create',
  update: 'update',
  delete: 'delete',
  forget: 'forget',
  read: 'read',
  open: 'read',
  renew: 'read',
  close: 'read',
  'create,delete': 'replace',
  'create,forget': 'forget-and-create',
};

function actionOf({ actions }: JsonObject): Action {
  const known = listOf(actions).filter((one) => typeof one === 'string');
  return ACTIONS[[...known].sort().join()] ?? 'unknown';
}

/** Unknown wholly (`true`) or in a part. */
function holdsTrue(json: unknown): boolean {
  const open = [json];
  while (open.length > 0) {
    const one = open.pop();
    if (one === true) return true;
    if (typeof one === 'object' && one !== null) open.push(...Object.values(one));
  }
  return false;
}
