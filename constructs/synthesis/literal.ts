// What users call their teams and accounts is text, never a template: Terraform must not evaluate it. What only
// Terraform knows may stand in a text, in whichever of its disguises: cdktf writes a number as a number.

import { Annotations, Token, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

/** How cdktf writes a token into a string. */
const TOKEN = /(\$\{TfToken\[[^\]]+\]\})/u;

/** How JavaScript prints the numbers that stand for tokens, and what was computed from one: far beyond any that is meant. */
const NUMBER = /(-?\d(?:\.\d+)?e\+(?:28|29|30)\d)/u;

/** The first element of a list, and the only key of a map, that only Terraform knows. */
const COMPOSITE = /[#&]\{TfToken\[|\[object Object\]/u;

/** The text as Terraform has to see it to mean exactly this text. Tokens in it stay what they are. */
export function literal(text: string): string {
  if (COMPOSITE.test(text)) throw noText('a list or a map');
  return text
    .split(TOKEN)
    .map((part) => (Token.isUnresolved(part) ? part : part.split(NUMBER).map(withoutNumber).join('')))
    .join('');
}

/** `literal` for every element; a list that only Terraform knows stays what it is. */
export function literalList(texts: readonly string[]): string[] {
  return Token.isUnresolved(texts) ? [...texts] : texts.map(literal);
}

/** `literal` for every key and value; a map that only Terraform knows stays what it is. */
export function literals(texts: { readonly [name: string]: string }): { [name: string]: string } {
  if (Token.isUnresolved(texts)) return texts;
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [literal(name), literal(text)]));
}

/**
 * `literal` for what something is called. Who writes a template there most likely expects it to be evaluated.
 * @param what Completes "The … of the construct", e.g. `identifier`.
 */
export function nameOf(construct: IConstruct, what: string, text: string): string {
  if (text.split(TOKEN).some((part) => !Token.isUnresolved(part) && /[$%]\{/u.test(part)))
    Annotations.of(construct).addWarning(
      `The ${what} of "${construct.node.path}" has a template in it, ${JSON.stringify(text)}, and is taken as it stands: nothing in it is evaluated. For a value of your program write it between backticks; for one of Terraform use a token, such as variable.stringValue.`,
    );
  return literal(text);
}

function withoutNumber(part: string): string {
  if (!NUMBER.test(part)) return part.replace(/[$%](?=\{)/gu, '$&$&');
  const number = Number(part);
  if (Token.isUnresolved(number)) return Token.asString(Tokenization.reverseNumber(number));
  throw noText(Token.isUnresolved([number]) ? 'a list of numbers' : 'something computed from a number');
}

function noText(what: string): Error {
  return new Error(
    `A text has ${what} in it that only Terraform knows, which no text can hold. Let Terraform make a text of it first, e.g. Fn.join(", ", list) or Op.negate(number).`,
  );
}
