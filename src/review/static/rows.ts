// What the difference of two configurations would do to each object, in the form in which an engine writes a plan.

import type { ReviewedType } from '../plan/attributes.ts';
import { isReviewed } from '../plan/attributes.ts';
import { isObject, type JsonObject, objectOf } from '../plan/json.ts';
import { type Block, bodies } from './blocks.ts';
import type { Side } from './side.ts';
import { tryWholeReference } from './templates.ts';

/** Attributes that cannot be changed on what is there. */
const IDENTITY: Readonly<Record<ReviewedType, readonly string[]>> = {
  browserstack_team: ['name'],
  browserstack_service_account: ['identifier', 'team'],
  browserstack_access_key: ['username'],
  browserstack_credential_pair: ['username_a', 'username_b'],
  browserstack_user: ['email'],
};

const DEFAULTS: Readonly<Record<ReviewedType, JsonObject>> = {
  browserstack_team: { deletion_protection: true, deletion_policy: 'delete' },
  browserstack_service_account: { deletion_protection: true, deletion_policy: 'delete' },
  browserstack_access_key: {
    export_access_key: false,
    rotate_on_destroy: false,
    adopted_key_age: 'new',
    on_external_rotation: 'adopt',
  },
  browserstack_credential_pair: { export_access_key: false, adopted_key_age: 'new' },
  browserstack_user: { role: 'user' },
};

/** `resource_changes`. */
export function rowsBetween(base: Side, head: Side): readonly JsonObject[] {
  const moves = new Map(bodies(head.files, 'moved').map(({ from, to }) => [plain(to), plain(from)] as const));
  const forgotten = new Set(
    bodies(head.files, 'removed')
      .filter(keeps)
      .map(({ from }) => plain(from)),
  );
  const imported = new Set(bodies(head.files, 'import').map(({ to }) => plain(to)));
  const moved = new Set(moves.values());
  const replaced = new Set<string>();
  // A team before its accounts, an account before its keys: what is replaced takes along what refers to it.
  const order = ['browserstack_team', 'browserstack_service_account'];
  const addresses = [...new Set([...base.resources.keys(), ...head.resources.keys()])];
  const ranked = addresses.sort((a, b) => rank(b, order) - rank(a, order));
  return ranked.flatMap((address) => {
    const after = head.resources.get(address);
    const from = moves.get(address);
    const before = base.resources.get(from ?? address);
    if (after === undefined && moved.has(address)) return [];
    const block = after ?? before;
    if (block === undefined) return [];
    const change = changeOf({ base, head, before, after, replaced, forgotten: forgotten.has(address) });
    if (change.actions.join() === 'delete,create') replaced.add(address);
    const { type, name } = block;
    const importing = imported.has(address) && before === undefined ? { importing: {} } : {};
    const place = {
      address,
      mode: 'managed',
      type,
      name,
      ...(from === undefined || before === undefined ? {} : { previous_address: from }),
    };
    return [{ ...place, change: { ...change, ...importing } }];
  });
}

interface Pair {
  readonly base: Side;
  readonly head: Side;
  readonly before: Block | undefined;
  readonly after: Block | undefined;
  /** Addresses that are replaced, as far as they are known by now. */
  readonly replaced: ReadonlySet<string>;
  readonly forgotten: boolean;
}

interface Change {
  readonly actions: readonly string[];
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly after_unknown: JsonObject;
  readonly replace_paths?: readonly (readonly string[])[];
}

function changeOf({ base, head, before, after, replaced, forgotten }: Pair): Change {
  const type = (after ?? before)?.type ?? '';
  const was = before === undefined ? undefined : base.valuesOf(before);
  const is = after === undefined ? undefined : head.valuesOf(after);
  const left = was === undefined ? null : withDefaults(type, was.values);
  if (is === undefined || after === undefined)
    return { actions: [forgotten ? 'forget' : 'delete'], before: left, after: null, after_unknown: {} };
  const right = withDefaults(type, is.values);
  const unknown = Object.fromEntries(is.unknown.map((name) => [name, true]));
  if (was === undefined || before === undefined)
    return { actions: ['create'], before: null, after: right, after_unknown: unknown };
  const identity = isReviewed(type) ? IDENTITY[type] : [];
  const paths = identity.filter(
    (name) =>
      differs(before.body[name], after.body[name], was.values[name], is.values[name]) ||
      followsReplaced(after.body[name], replaced),
  );
  if (paths.length > 0 && !inPlace(type, head))
    return {
      actions: ['delete', 'create'],
      before: left,
      after: right,
      after_unknown: unknown,
      replace_paths: paths.map((path) => [path]),
    };
  const open = [...new Set([...was.unknown, ...is.unknown])];
  const same = open.every((name) => JSON.stringify(before.body[name]) === JSON.stringify(after.body[name]));
  if (same && JSON.stringify(left) === JSON.stringify(right))
    return { actions: ['no-op'], before: left, after: right, after_unknown: {} };
  return { actions: ['update'], before: left, ...rotated(type, left, right, before, after, unknown) };
}

/** A changed value of a trigger that was there before rotates; so says the provider's schema. */
function rotated(
  type: string,
  left: JsonObject | null,
  right: JsonObject,
  before: Block,
  after: Block,
  unknown: JsonObject,
): Pick<Change, 'after' | 'after_unknown'> {
  if (type !== 'browserstack_access_key' && type !== 'browserstack_credential_pair')
    return { after: right, after_unknown: unknown };
  const [old, now] = [objectOf(before.body.triggers), objectOf(after.body.triggers)];
  const changed = Object.keys(now).filter(
    (name) => Object.hasOwn(old, name) && JSON.stringify(old[name]) !== JSON.stringify(now[name]),
  );
  if (changed.length === 0) return { after: right, after_unknown: unknown };
  const [was, is] = [objectOf(left?.triggers), objectOf(right.triggers)];
  const certain = changed.some((name) => Object.hasOwn(was, name) && Object.hasOwn(is, name));
  if (!certain)
    return {
      after: right,
      after_unknown: {
        ...unknown,
        generation: true,
        triggers: Object.fromEntries(changed.map((name) => [name, true])),
      },
    };
  const pair = type === 'browserstack_credential_pair' ? { active_slot: 'b' } : {};
  return {
    after: { ...right, ...pair, generation: 2 },
    after_unknown: { ...unknown, key_fingerprint: true },
  };
}

/** What an engine fills in, and what rotation counts from. */
function withDefaults(type: string, values: JsonObject): JsonObject {
  if (!isReviewed(type)) return values;
  const counted =
    type === 'browserstack_access_key'
      ? { generation: 1 }
      : type === 'browserstack_credential_pair'
        ? { generation: 1, active_slot: 'a' }
        : {};
  return { ...DEFAULTS[type], ...counted, ...values };
}

/** Templates are compared as they are written, values as what they are. */
function differs(written: unknown, rewritten: unknown, was: unknown, is: unknown): boolean {
  if (was !== undefined && is !== undefined) return JSON.stringify(was) !== JSON.stringify(is);
  return JSON.stringify(written) !== JSON.stringify(rewritten);
}

/** A user name is another one for another account. */
function followsReplaced(written: unknown, replaced: ReadonlySet<string>): boolean {
  const [type, name, attribute] = tryWholeReference(written)?.split('.') ?? [];
  return attribute === 'username' && replaced.has(`${type}.${name}`);
}

function inPlace(type: string, { files }: Side): boolean {
  if (type !== 'browserstack_service_account') return false;
  const providers = bodies(files, 'provider').flatMap(({ browserstack }) =>
    Array.isArray(browserstack) ? browserstack : [browserstack],
  );
  return providers.some((body) => isObject(body) && body.account_changes === 'in_place');
}

function keeps({ lifecycle }: JsonObject): boolean {
  const bodiesOf = Array.isArray(lifecycle) ? lifecycle : [lifecycle];
  return bodiesOf.some((body) => isObject(body) && body.destroy === false);
}

/** `${a.b}` or `a.b`. */
function plain(json: unknown): string {
  return tryWholeReference(json) ?? (typeof json === 'string' ? json : '');
}

function rank(address: string, order: readonly string[]): number {
  const type = address.split('.')[0] ?? '';
  const index = order.indexOf(type);
  return index < 0 ? 0 : order.length - index;
}
