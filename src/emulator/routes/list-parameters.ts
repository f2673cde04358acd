// What asks for a part of a list. Whether nonsense is refused or passed over stands on no page: it is a switch.

import type { Behaviours } from '../behaviours/index.ts';
import type { Context } from '../context.ts';
import type { DocumentedParameter } from '../http/operation.ts';
import type { Parameters } from '../http/parameters.ts';
import { Refusal, refuse } from '../organization/refusal.ts';

/** A whole number in a range, with what is meant when it is absent. */
export interface NumberParameter extends DocumentedParameter {
  readonly schema: {
    readonly type: 'integer';
    readonly minimum: number;
    readonly maximum?: number;
    readonly default: number;
  };
}

export const limit: NumberParameter = {
  name: 'limit',
  description: 'At most so many.',
  schema: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
};

export const offset: NumberParameter = {
  name: 'offset',
  description: 'So many of the newest are left out.',
  schema: { type: 'integer', minimum: 0, default: 0 },
};

/** The parameters of a list; where nonsense is passed over, they take any text. */
export function listParameters(
  ...parameters: readonly DocumentedParameter[]
): (behaviours: Behaviours) => readonly DocumentedParameter[] {
  return (behaviours) =>
    behaviours['bad-list-parameter'] === 'ignore'
      ? parameters.map(({ schema, ...rest }) => rest)
      : parameters;
}

/** The number a request gives, or the default. */
export function numberOf(
  context: Context,
  parameters: Parameters,
  wanted: NumberParameter,
): number | Refusal {
  const { minimum, maximum = Number.MAX_SAFE_INTEGER, default: otherwise } = wanted.schema;
  const text = parameters.get(wanted.name);
  if (text === undefined) return otherwise;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= minimum && number <= maximum) return number;
  const range = wanted.schema.maximum === undefined ? `from ${minimum}` : `from ${minimum} to ${maximum}`;
  return passedOver(context, otherwise, `${wanted.name} must be a whole number ${range}.`);
}

/** The value a request gives, which must be one of these; undefined when it gives none. */
export function choiceOf<C extends string>(
  context: Context,
  parameters: Parameters,
  name: string,
  choices: readonly C[],
): C | undefined | Refusal {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one === text);
  return choice ?? passedOver(context, undefined, `${name} must be one of ${choices.join(', ')}.`);
}

/** The values of a list separated by commas, each one of these. */
export function choicesOf<C extends string>(
  context: Context,
  parameters: Parameters,
  name: string,
  choices: readonly C[],
): readonly C[] | Refusal {
  const text = parameters.get(name) ?? '';
  const given = text === '' ? [] : text.split(',');
  const known = choices.filter((choice) => given.includes(choice));
  return known.length < new Set(given).size
    ? passedOver(context, known, `${name} must be one of ${choices.join(', ')}.`)
    : known;
}

/** The names of a comma-separated list. */
export function namesOf(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function passedOver<T>({ behaviours }: Context, otherwise: T, message: string): T | Refusal {
  return behaviours['bad-list-parameter'] === 'ignore'
    ? otherwise
    : refuse(behaviours['bad-list-parameter'], message);
}

/** The first refusal among values, or the values themselves. */
export function unlessRefused<T extends readonly unknown[]>(
  ...values: T
): { readonly [I in keyof T]: Exclude<T[I], Refusal> } | Refusal {
  const refused = values.find((value) => value instanceof Refusal);
  // None of them is a refusal.
  return refused instanceof Refusal
    ? refused
    : (values as { readonly [I in keyof T]: Exclude<T[I], Refusal> });
}
