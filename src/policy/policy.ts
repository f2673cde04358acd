// The policy of a repository: which rules hold, how strictly, and what is excepted until when.

import type { Level } from './rule.ts';
import { type RuleName, ruleOf } from './rules/index.ts';

export interface Setting {
  readonly level: Level | 'off';
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** An exception of a rule for one object or a few, until a date. */
export interface Waiver {
  readonly rule: RuleName;
  /** A glob over what people call the object, or over its address. */
  readonly subject: { readonly identifier: string } | { readonly address: string };
  readonly owner: string;
  readonly reason: string;
  readonly ticket: string;
  /** The last day on which it holds, `2026-12-31`. */
  readonly until: string;
  /** Where it stands: `browserstack.policy.json:12`. */
  readonly place: string;
}

export interface Policy {
  /** Only what the file says; every other rule holds as it is written. */
  readonly settings: ReadonlyMap<RuleName, Setting>;
  readonly waivers: readonly Waiver[];
}

export const POLICY_FILE = 'browserstack.policy.json';

export function levelOf(policy: Policy, rule: RuleName): Level | 'off' {
  return policy.settings.get(rule)?.level ?? ruleOf(rule).level;
}

/** What a rule is given: the file's value, else its default. Checked by the schema of the file. */
export function numberFor(policy: Policy, rule: RuleName, parameter: string): number {
  const value = valueFor(policy, rule, parameter);
  if (typeof value !== 'number') throw new Error(`${rule} has no number ${parameter}`);
  return value;
}

export function textFor(policy: Policy, rule: RuleName, parameter: string): string {
  const value = valueFor(policy, rule, parameter);
  if (typeof value !== 'string') throw new Error(`${rule} has no text ${parameter}`);
  return value;
}

export function textsFor(policy: Policy, rule: RuleName, parameter: string): readonly string[] {
  const value = valueFor(policy, rule, parameter);
  if (!Array.isArray(value)) throw new Error(`${rule} has no texts ${parameter}`);
  return value.filter((one) => typeof one === 'string');
}

function valueFor(policy: Policy, rule: RuleName, parameter: string): unknown {
  const given = policy.settings.get(rule)?.parameters ?? {};
  return Object.hasOwn(given, parameter)
    ? given[parameter]
    : ruleOf(rule).parameters?.[parameter]?.schema.default;
}
