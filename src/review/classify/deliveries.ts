// Who takes a new key along in the same apply: whatever hangs on the key's values and is itself changed by the plan.

import type { Delivery } from '../change.ts';
import { grouped } from '../grouping.ts';
import type { Block } from '../plan/configuration.ts';
import type { PlanDocument } from '../plan/plan-document.ts';
import type { ForeignChange, Place } from '../plan/resource-change.ts';
import { withoutInstances } from './accounts.ts';
import { blockId, type Links, type LinksOf } from './links.ts';

/** Attributes that change, or show up, with a new key. */
const TELLING = new Set([
  'generation',
  'key_version',
  'key_fingerprint',
  'access_key',
  'escrowed_access_key',
  'rotated_at',
  'active_slot',
]);

const VERIFIED = 'browserstack_key_delivery';
/** Resources that hold nothing but what they are told: only their provisioners do something. */
const HOOKS = new Set(['terraform_data', 'null_resource']);

interface Sink {
  readonly block: Block;
  readonly links: LinksOf;
  readonly rows: readonly ForeignChange[];
}

export interface Deliveries {
  /** Of the key at this place. `accountAddress` is where its account is declared. */
  readonly of: (key: Place, accountAddress: string | undefined) => readonly Delivery[];
}

export function deliveriesIn(document: PlanDocument, links: Links): Deliveries {
  const rowsByBlock = grouped(document.foreign, ({ address }) => withoutInstances(address));
  const bySource = new Map<string, Sink[]>();
  const byLocal: Sink[] = [];
  for (const block of document.configuration.blocks) {
    if (block.mode !== 'managed' || (block.type.startsWith('browserstack_') && block.type !== VERIFIED))
      continue;
    const rows = rowsByBlock.get(blockId(block.module, block.type, block.name));
    if (rows === undefined) continue;
    const sink = { block, links: links.of(block), rows };
    const sources = new Set(sink.links.targets.filter(isTelling).map((target) => target.block));
    for (const source of sources) bySource.set(source, [...(bySource.get(source) ?? []), sink]);
    if (sources.size === 0 && sink.links.local) byLocal.push(sink);
  }
  const relevant = new Set(
    document.relevant
      .filter(({ attribute }) => attribute === '' || TELLING.has(attribute))
      .map(({ object }) => withoutInstances(object)),
  );
  return {
    of: (key, accountAddress) => {
      const source = withoutInstances(key.address);
      const direct = bySource.get(source) ?? [];
      const throughAccount =
        accountAddress === undefined
          ? []
          : (bySource.get(withoutInstances(accountAddress)) ?? []).filter(({ links: { targets } }) =>
              targets.some(({ ephemeral }) => ephemeral),
            );
      const certain = [...new Set([...direct, ...throughAccount])].flatMap((sink) =>
        deliveries(sink, key, true),
      );
      if (certain.length > 0 || !relevant.has(source)) return certain;
      return byLocal.flatMap((sink) => deliveries(sink, key, false)).filter(({ fires }) => fires);
    },
  };
}

function isTelling({ attribute, ephemeral }: { attribute: string | undefined; ephemeral: boolean }): boolean {
  return ephemeral || attribute === undefined || TELLING.has(attribute);
}

function deliveries({ block, links, rows }: Sink, key: Place, certain: boolean): readonly Delivery[] {
  const commands = block.provisioners.length > 0;
  const hook = HOOKS.has(block.type);
  const kind: Delivery['kind'] =
    block.type === VERIFIED
      ? 'verified'
      : commands
        ? 'command'
        : hook && !links.targets.some(({ ephemeral }) => ephemeral)
          ? 'other'
          : 'store';
  return instancesFor(rows, key).map(({ address, action }) => ({
    address,
    shown: address,
    fires: action !== 'no-op' && action !== 'read' && action !== 'delete' && action !== 'forget',
    certain,
    kind,
  }));
}

/** Of a repeated sink, the instance of the same key, where it is repeated over the same set. */
function instancesFor(rows: readonly ForeignChange[], key: Place): readonly ForeignChange[] {
  const nearby = rows.filter(({ module }) => module === key.module);
  const candidates = nearby.length > 0 ? nearby : rows;
  const mine = candidates.filter(({ index }) => index !== undefined && index === key.index);
  return mine.length > 0 ? mine : candidates;
}
