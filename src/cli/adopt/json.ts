import { asLiteral } from '../../reconcile/input/scope.ts';
import type { AdoptedArgument, Adoptee } from '../../reconcile/plan/objects/adoption.ts';

const HEADER = 'Written by "browserstack-iac adopt": what exists, declared as it is. Contains no key.';

/** The adopted objects in Terraform's JSON syntax: also what this tool itself can plan. */
export function adoptionAsJson(adoptees: readonly Adoptee[]): string {
  const resource: Record<string, Record<string, object>> = {};
  for (const { type, label, arguments: given } of adoptees) {
    const entries = Object.entries(given).map(([name, argument]) => [name, written(argument)] as const);
    resource[type] = { ...resource[type], [label]: Object.fromEntries(entries) };
  }
  const imports = adoptees.map(({ type, label, importId }) => ({
    to: `${type}.${label}`,
    id: asLiteral(importId),
  }));
  return `${JSON.stringify({ '//': HEADER, import: imports, resource }, null, 2)}\n`;
}

function written(argument: AdoptedArgument): string | number | boolean {
  if ('address' in argument) return `\${${argument.address}.${argument.attribute}}`;
  return typeof argument.literal === 'string' ? asLiteral(argument.literal) : argument.literal;
}
