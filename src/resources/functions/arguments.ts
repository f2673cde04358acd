import { Problem } from '../../errors.ts';
import type { FunctionParameter } from '../../lifecycle/provider-definition.ts';
import { stringType } from '../../schema/type.ts';
import type { Value } from '../../schema/value.ts';

export const username: FunctionParameter = {
  name: 'username',
  type: stringType,
  description: 'User name of the account.',
};

export const accessKey: FunctionParameter = {
  name: 'access_key',
  type: stringType,
  description: 'Its access key. Whatever is sensitive or ephemeral about it carries over to the result.',
};

/** The engine has checked the type; what is left to check is that there is something in it. */
export function textAt(args: readonly Value[], index: number): string {
  const value = args[index];
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(index, 'Must not be empty.');
}

export function wrong(index: number, detail: string): Problem {
  return new Problem({ code: 'invalid_input', summary: 'Invalid argument', detail, path: [index] });
}
