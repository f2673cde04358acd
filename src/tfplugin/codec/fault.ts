import { type AttributePath, Problem } from '../../errors.ts';

/** Deeper values than this do not exist in configurations; a hostile one must not overflow the stack. */
export const DEEPEST = 500;

/** The engine sent something that does not fit the protocol or our schema. */
export function unreadable(detail: string): Problem {
  return new Problem({ code: 'internal', summary: 'Unreadable value from Terraform', detail });
}

/** We were about to send something the engine would refuse, or crash on. */
export function unsendable(detail: string): Problem {
  return new Problem({
    code: 'internal',
    summary: 'The provider made a value Terraform cannot take',
    detail: `${detail} This is a bug in the provider; please report it.`,
  });
}

/** A problem inside a value, seen from the value. */
export function placed(error: unknown, path: AttributePath): unknown {
  return error instanceof Problem ? error.at(path) : error;
}
