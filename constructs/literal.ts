// What users call their teams and accounts is text, never a template: Terraform must not evaluate it.

import { Token } from 'cdktf';

/** How cdktf writes a token into a string. */
const TOKEN = /(\$\{TfToken\[[^\]]+\]\})/u;

/** The text as Terraform has to see it to mean exactly this text. Tokens in it stay what they are. */
export function literal(text: string): string {
  return text
    .split(TOKEN)
    .map((part) => (Token.isUnresolved(part) ? part : part.replace(/[$%](?=\{)/gu, '$&$&')))
    .join('');
}

/** `literal` for every key and value. */
export function literals(texts: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [literal(name), literal(text)]));
}
