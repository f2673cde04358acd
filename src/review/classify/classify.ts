// From the rows of a plan to the changes a reviewer has to know, most dangerous first.

import { type Change, LEVELS } from '../change.ts';
import { grouped } from '../grouping.ts';
import type { Diagnostic } from '../plan/diagnostics.ts';
import type { PlanDocument } from '../plan/plan-document.ts';
import type { Credential, ResourceChange } from '../plan/resource-change.ts';
import { accountsIn, withoutInstances } from './accounts.ts';
import { deliveriesIn } from './deliveries.ts';
import type { Facts, KeyFacts } from './facts.ts';
import { blockId, linksIn } from './links.ts';
import { madeAnewIn } from './made-anew.ts';
import { classifyAccount } from './objects/account.ts';
import { classifyActions } from './objects/action.ts';
import { credentialFacts } from './objects/credential.ts';
import { classifyKey } from './objects/key.ts';
import { classifyUnknownType, isOurs } from './objects/other.ts';
import { classifyPair } from './objects/pair.ts';
import { classifyTeam } from './objects/team.ts';
import { classifyUser } from './objects/user.ts';
import { heldBackOf } from './rotations/held-back.ts';

export function classify(document: PlanDocument, diagnostics: readonly Diagnostic[]): readonly Change[] {
  const facts = factsOf(document, diagnostics);
  const known = document.changes.flatMap((change) => classifyOne(change, facts) ?? []);
  const unknown = document.foreign.filter(isOurs).flatMap((change) => classifyUnknownType(change) ?? []);
  const acts = classifyActions(facts);
  return [...known, ...unknown, ...acts, ...drifted(document, known, facts)].sort(byDanger);
}

function classifyOne(change: ResourceChange, facts: Facts): Change | undefined {
  switch (change.type) {
    case 'browserstack_team':
      return classifyTeam(change, facts);
    case 'browserstack_service_account':
      return classifyAccount(change, facts);
    case 'browserstack_access_key':
      return classifyKey(change, facts);
    case 'browserstack_credential_pair':
      return classifyPair(change, facts);
    case 'browserstack_user':
      return classifyUser(change, facts);
  }
}

/** A refresh-only plan has no rows but those of drift; so has an object that is only looked at. */
function drifted(document: PlanDocument, told: readonly Change[], facts: Facts): readonly Change[] {
  const rows = new Set([...told, ...document.changes].map(({ address }) => address));
  return document.drift
    .filter(({ address, type }) => type === 'browserstack_access_key' && !rows.has(address))
    .flatMap((drift) => {
      const looked = { ...drift, action: 'no-op', before: drift.after } as ResourceChange; // Of the same type.
      return classifyOne(looked, facts) ?? [];
    });
}

function factsOf(document: PlanDocument, diagnostics: readonly Diagnostic[]): Facts {
  const links = linksIn(document.configuration);
  const accounts = accountsIn(document, links);
  const deliveries = deliveriesIn(document, links);
  const drift = new Map(document.drift.map((row) => [row.address, row]));
  const blocks = new Map(
    document.configuration.blocks.map((block) => [blockId(block.module, block.type, block.name), block]),
  );
  const endingTeams = new Map(
    document.changes.flatMap((row) =>
      row.type === 'browserstack_team' &&
      row.before?.name != null &&
      (row.action === 'delete' || row.action === 'replace')
        ? [[row.before.name, row] as const]
        : [],
    ),
  );
  const outputs = document.configuration.outputs.map(({ name, references }) => ({
    name,
    targets: links.follow(references, []).targets,
  }));
  const withoutKeys = { document, accounts, deliveries };
  const keys = document.changes.filter(isCredential).map((row) => {
    const behind = [accounts.behind(row), accounts.withUsername(idleOf(row))];
    return { of: behind.map((account) => account?.address), facts: keyFacts(row, withoutKeys) };
  });
  const byAccount = grouped(
    keys.flatMap(({ of, facts }) =>
      of.flatMap((address) => (address === undefined ? [] : [{ address, facts }])),
    ),
    ({ address }) => address,
  );
  return {
    ...withoutKeys,
    driftOf: (address) => drift.get(address),
    endingTeam: (name) => (name == null ? undefined : endingTeams.get(name)),
    madeAnew: madeAnewIn(document),
    outputsOf: (address) =>
      outputs
        .filter(({ targets }) =>
          targets.some(
            ({ block, attribute }) => block === withoutInstances(address) && attribute === 'access_key',
          ),
        )
        .map(({ name }) => name),
    keysOf: (address) => (byAccount.get(address) ?? []).map((entry) => entry.facts),
    heldBack: (row) =>
      heldBackOf(row, blocks.get(withoutInstances(row.address)), diagnostics, document.timestamp),
  };
}

function isCredential(row: ResourceChange): row is Credential {
  return row.type === 'browserstack_access_key' || row.type === 'browserstack_credential_pair';
}

function idleOf(row: Credential): string | null | undefined {
  return row.type === 'browserstack_credential_pair' ? row.before?.idle_username : undefined;
}

function keyFacts(row: Credential, facts: Pick<Facts, 'accounts' | 'deliveries'>): KeyFacts {
  const { consumers, deliveries } = credentialFacts(row, facts);
  return { consumers, deliveries };
}

function byDanger(a: Change, b: Change): number {
  const danger = LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level);
  return danger !== 0
    ? danger
    : TYPES.indexOf(a.type) - TYPES.indexOf(b.type) || compare(a.address, b.address);
}

/** What holds the others comes first. */
const TYPES: readonly string[] = [
  'browserstack_team',
  'browserstack_service_account',
  'browserstack_access_key',
  'browserstack_credential_pair',
  'browserstack_user',
];

/** By code point, so that an order is the same on every machine; `[9]` comes before `[10]`. */
function compare(a: string, b: string): number {
  const [left, right] = [padded(a), padded(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function padded(address: string): string {
  return address.replaceAll(/\d{1,11}/gu, (digits) => digits.padStart(11, '0'));
}
