// The policy applied to a plan: what its rules find, what waivers except, and what is wrong with the waivers.

import { createHash } from 'node:crypto';
import { levelOf, type Policy, type Waiver } from '../../policy/policy.ts';
import type { Level } from '../../policy/rule.ts';
import { type NamedRule, type RuleName, ruleOf, rules } from '../../policy/rules/index.ts';
import type { Finding } from '../finding.ts';
import { type Phrase, say } from '../phrase.ts';
import type { Check, Context, Hit } from './check.ts';
import { CHECKS } from './checks.ts';
import { matchesGlob } from './glob.ts';

export interface PolicySource {
  /** Whether the file of the base branch differs from the one of this change. */
  readonly changedHere: boolean;
}

/** All findings, errors first; waived ones stay, and say so. */
export function findingsOf(
  context: Context,
  { changedHere }: PolicySource = { changedHere: false },
): readonly Finding[] {
  const { policy, now } = context;
  const today = now.toISOString().slice(0, 10);
  const used = new Set<Waiver>();
  const found = rules.flatMap((rule) => {
    const level = levelOf(policy, rule.name);
    const check = checkOf(rule.name);
    if (level === 'off' || check === undefined) return [];
    return check(context).map((hit) => findingOf(rule, hit, levelFor(hit, level, policy, rule.name)));
  });
  const judged = found.map((finding) => {
    const waiver = policy.waivers.find((one) => one.until >= today && covers(one, finding));
    if (waiver !== undefined) used.add(waiver);
    return waiver === undefined ? finding : { ...finding, waived: waiver };
  });
  const about = aboutWaivers(policy, found, used, today);
  const changed = changedHere
    ? policyFinding('policy-changed', ['the policy is changed in this change'], policy)
    : [];
  return [...judged, ...changed, ...about].sort((a, b) => rank(a) - rank(b));
}

function checkOf(name: RuleName): Check | undefined {
  return (CHECKS as Readonly<Partial<Record<RuleName, Check>>>)[name];
}

/** A check may be milder or stricter about one case, but what the policy sets is what it sets. */
function levelFor(hit: Hit, level: Level, policy: Policy, rule: RuleName): Level {
  return policy.settings.has(rule) ? level : (hit.level ?? level);
}

function findingOf(
  rule: NamedRule,
  { address, identifier, message, fix, approved }: Hit,
  level: Level,
): Finding {
  const subject = `${rule.name}\0${address ?? ''}\0${identifier ?? ''}`;
  return {
    rule: rule.name,
    level,
    address,
    identifier,
    message,
    why: rule.why,
    fix: fix ?? [rule.fix],
    controls: rule.controls,
    fingerprint: createHash('sha256').update(subject).digest('hex').slice(0, 16),
    waived:
      approved === undefined
        ? undefined
        : { owner: `label ${approved}`, reason: 'approved on the pull request', ticket: '–', until: '–' },
  };
}

function covers({ rule, subject }: Waiver, finding: Finding): boolean {
  if (rule !== finding.rule) return false;
  if ('identifier' in subject)
    return finding.identifier !== undefined && matchesGlob(subject.identifier, finding.identifier);
  return finding.address !== undefined && matchesGlob(subject.address, finding.address);
}

function aboutWaivers(
  policy: Policy,
  found: readonly Finding[],
  used: ReadonlySet<Waiver>,
  today: string,
): readonly Finding[] {
  return policy.waivers.flatMap((waiver) => {
    const { rule, place, until, owner } = waiver;
    if (until < today) {
      const needed = found.some((finding) => covers(waiver, finding));
      const message = say`the waiver of ${rule} at ${place} ended on ${until}${needed ? [', and what it was for is still there'] : []}; ${owner} answers for it`;
      return policyFinding('waiver-expired', message, policy, place);
    }
    return used.has(waiver)
      ? []
      : policyFinding('waiver-unused', say`the waiver of ${rule} at ${place} matches nothing`, policy, place);
  });
}

function policyFinding(name: RuleName, message: Phrase, policy: Policy, place?: string): readonly Finding[] {
  const level = levelOf(policy, name);
  if (level === 'off') return [];
  return [findingOf(ruleOf(name), { message, ...(place === undefined ? {} : { address: place }) }, level)];
}

const ORDER: readonly Level[] = ['error', 'warning', 'note'];

function rank({ level, waived }: Finding): number {
  return ORDER.indexOf(level) + (waived === undefined ? 0 : ORDER.length);
}
