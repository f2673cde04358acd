import { type Change, highest, type Remark } from '../../change.ts';
import type { ChangeOf } from '../../plan/resource-change.ts';
import type { Facts } from '../facts.ts';
import { baseOf, commonRemarks, kindOf, levelOf } from './object.ts';

type Row = ChangeOf<'browserstack_user'>;

export function classifyUser(change: Row, facts: Facts): Change | undefined {
  const { before, after } = change;
  const kind = kindOf(change);
  if (kind === undefined) return undefined;
  const name = before?.email ?? after?.email ?? change.address;
  const remarks = [...commonRemarks(change, facts), ...personRemarks(change)];
  // No documented call removes a person, so a deletion is a forgetting.
  const told = kind === 'delete' ? 'forget' : kind;
  const level = kind === 'replace' ? 'look' : levelOf(told);
  return {
    ...baseOf(change, told, name),
    level: highest([level, ...remarks.map((remark) => remark.level)]),
    ...(after?.email != null && after.email !== name ? { newName: after.email } : {}),
    ...teamOf(change),
    undo:
      kind === 'create' || kind === 'replace' || remarks.some(({ code }) => code === 'products_granted')
        ? 'partly'
        : 'yes',
    remarks,
  };
}

function teamOf({ before, after, unknown }: Row): { readonly team?: string | null } {
  const values = before ?? after;
  return values === undefined || (before === undefined && unknown.has('team')) ? {} : { team: values.team };
}

function personRemarks({ action, before, after, unknown }: Row): readonly Remark[] {
  const remarks: Remark[] = [];
  if (before !== undefined && (action === 'delete' || action === 'forget' || action === 'replace'))
    remarks.push({ code: 'person_stays', level: 'look' });
  if (after === undefined) return remarks;
  const role = after.role ?? 'user';
  const mighty = role !== 'user';
  if (mighty && (action === 'create' || action === 'replace'))
    remarks.push({ code: 'admin', level: 'look', role, team: after.team ?? undefined });
  if (before !== undefined && action === 'update' && before.role !== after.role)
    remarks.push({ code: 'role_changed', level: 'look', from: before.role ?? 'user', to: role });
  if (unknown.has('products')) return remarks;
  const granted = after.products.filter((product) => !before?.product_access.includes(product));
  const dropped = before?.products.filter((product) => !after.products.includes(product)) ?? [];
  if (granted.length > 0) remarks.push({ code: 'products_granted', level: 'ok', products: granted });
  if (dropped.length > 0) remarks.push({ code: 'products_kept', level: 'look', products: dropped });
  return remarks;
}
