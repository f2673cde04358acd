// Pieces of Terraform's language that cdktf does not write, or writes wrongly.

import { call, Fn, ref, Token } from 'cdktf';

/** How cdktf writes a token into a string. */
const TOKEN = /(\$\{TfToken\[[^\]]+\]\})/u;

/** A text as an argument of a function; cdktf leaves quotes and backslashes in it as they are. */
export function argument(text: string): string {
  const parts = text.split(TOKEN).filter((part) => part !== '');
  const [only = '', ...more] = parts.map((part) => (Token.isUnresolved(part) ? part : quoted(part)));
  return more.length === 0 ? only || quoted('') : Fn.join('', [only, ...more]);
}

/** A call of a function that cdktf has no name for. */
export function functionCall(name: string, ...args: readonly unknown[]): string {
  return Token.asString(call(name, [...args]));
}

function quoted(text: string): string {
  const escaped = JSON.stringify(text)
    .replace(/\\[bf]/gu, (control) => (control === '\\b' ? '\\u0008' : '\\u000c'))
    .replace(/[$%](?=\{)/gu, '$&$&');
  return Token.asString(ref(escaped));
}

/** Attributes as cdktf wants them when it writes HCL. */
export function hclAttributes(attributes: { readonly [name: string]: unknown }): object {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, hclAttribute(value)]));
}

function hclAttribute(value: unknown): object {
  const simple = { value, isBlock: false, type: 'simple' };
  if (typeof value === 'number') return { ...simple, storageClassType: 'number' };
  if (typeof value === 'boolean') return { ...simple, storageClassType: 'boolean' };
  if (typeof value === 'string') return { ...simple, storageClassType: 'string' };
  if (Array.isArray(value)) return { value, isBlock: false, type: 'list', storageClassType: 'stringList' };
  return { value, isBlock: false, type: 'map', storageClassType: 'stringMap' };
}
