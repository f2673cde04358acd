// A rule in words, for a person at a terminal.

import { closest } from 'fastest-levenshtein';
import { Problem } from '../../errors.ts';
import { isRuleName, type NamedRule, ruleOf, rules } from '../../policy/rules/index.ts';
import type { Palette } from '../render/palette.ts';

export function explain(name: string, { bold }: Palette): string {
  const { level, summary, why, fix, controls, parameters = {} } = ruleCalled(name);
  const given = Object.entries(parameters).map(
    ([parameter, { description, schema }]) =>
      `  ${parameter}: ${description} Default: ${JSON.stringify(schema.default)}.`,
  );
  const setting =
    given.length === 0 ? '"warning"' : `{ "level": "warning", "${Object.keys(parameters)[0]}": … }`;
  return `${[
    `${bold(name)} (${level} unless the policy says otherwise)`,
    summary,
    `Why: ${why}`,
    `Mend: ${fix}`,
    ...(given.length === 0 ? [] : [`Parameters:\n${given.join('\n')}`]),
    ...(controls.length === 0 ? [] : [`Controls: ${controls.join('; ')}`]),
    `In browserstack.policy.json: "rules": { "${name}": ${setting} }`,
  ].join('\n\n')}\n`;
}

function ruleCalled(name: string): NamedRule {
  if (isRuleName(name)) return ruleOf(name);
  const names = rules.map((rule) => rule.name);
  throw new Problem({
    code: 'invalid_input',
    summary: `There is no rule ${JSON.stringify(name)}`,
    detail: `Did you mean "${closest(name, names)}"? There is ${names.join(', ')}.`,
    path: ['--explain'],
  });
}
