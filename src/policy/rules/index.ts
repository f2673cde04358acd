import type { Rule } from '../rule.ts';
import { endingRules } from './endings.ts';
import { keyRules } from './keys.ts';
import { ownershipRules } from './ownership.ts';
import { policyRules } from './policy.ts';
import { secretRules } from './secrets.ts';

const all = [...secretRules, ...endingRules, ...keyRules, ...ownershipRules, ...policyRules] as const;

export type RuleName = (typeof all)[number]['name'];
export type NamedRule = Rule & { readonly name: RuleName };

/** All rules, in the order in which pages list them. */
export const rules: readonly NamedRule[] = all;

const byName = new Map(rules.map((rule) => [rule.name, rule]));

export function ruleOf(name: RuleName): NamedRule {
  const rule = byName.get(name);
  if (rule === undefined) throw new Error(`there is no rule ${name}`);
  return rule;
}

export function isRuleName(name: string): name is RuleName {
  return rules.some((rule) => rule.name === name);
}
