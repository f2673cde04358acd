import { asLiteral } from '../../reconcile/input/scope.ts';
import type { AdoptedArgument, Adoptee } from '../../reconcile/plan/objects/adoption.ts';

/** The adopted objects as HCL: an import block and a resource each. */
export function adoptionAsHcl(adoptees: readonly Adoptee[]): string {
  return [HEADER, ...adoptees.map(block)].join('\n');
}

/** Text as an HCL string that means exactly this text, templates included. */
function hclString(text: string): string {
  const escaped = asLiteral(text)
    .replace(/[\\"]/gu, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
      (character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`,
    );
  return `"${escaped}"`;
}

const HEADER = `# Written by "browserstack-iac adopt": what exists, declared as it is. Contains no key.
# The next plan imports it and changes nothing; the import blocks can be removed after the next apply.
`;

function block({ type, label, importId, arguments: given }: Adoptee): string {
  const width = Math.max(...Object.keys(given).map((name) => name.length));
  const lines = Object.entries(given).map(
    ([name, argument]) => `  ${name.padEnd(width)} = ${written(argument)}`,
  );
  return `import {
  to = ${type}.${label}
  id = ${hclString(importId)}
}

resource "${type}" "${label}" {
${lines.join('\n')}
}
`;
}

function written(argument: AdoptedArgument): string {
  if ('address' in argument) return `${argument.address}.${argument.attribute}`;
  return typeof argument.literal === 'string' ? hclString(argument.literal) : String(argument.literal);
}
