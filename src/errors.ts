// The closed vocabulary of what can go wrong. Every face (Terraform diagnostic, exit code, HTTP status, report)
// maps from these codes in exactly one place of its own; nobody parses error texts.

import type { DiagnosticCode } from './diagnostics/index.ts';

/** Why something failed. Closed on purpose: a new code needs a mapping in every face. */
export type ProblemCode =
  /** The user's input is wrong: the path says where. */
  | 'invalid_input'
  /** The credentials are missing, wrong or no longer valid (HTTP 401). */
  | 'unauthorized'
  /** The credentials are fine and may not do this, or the organization's plan lacks it (HTTP 403). */
  | 'forbidden'
  /** The object does not exist, or is invisible to these credentials. */
  | 'not_found'
  /** The object exists already, or the name is taken, or is ambiguous. */
  | 'conflict'
  /** The request budget is used up (HTTP 429). Nothing was executed. */
  | 'rate_limited'
  /** No connection was made. Nothing was executed. */
  | 'unreachable'
  /** The answer was lost or unreadable after a write: it may or may not have been executed. */
  | 'unclear_outcome'
  /** The service answered something this product does not understand. Nothing was concluded from it. */
  | 'unexpected_answer'
  /** A protection forbids it (deletion protection, self-lockout, a cap). */
  | 'refused'
  /** The world changed since the plan was made. */
  | 'stale'
  /** Interrupted by the user or the engine. */
  | 'canceled'
  /** A bug of ours. */
  | 'internal';

/** One step into a value: an attribute name, a list index, or the key of a map element. */
export type PathStep = string | number | { readonly key: string };

/** Where in a configuration a problem is; `[]` is the whole object. */
export type AttributePath = readonly PathStep[];

export interface ProblemDetails {
  readonly code: ProblemCode;
  /** What exactly, for those who go by codes; `code` where there is no better one. */
  readonly diagnostic?: DiagnosticCode;
  /** A title: one line, no trailing full stop. */
  readonly summary: string;
  /** Why, and what to do about it. Never contains a key. */
  readonly detail?: string;
  readonly path?: AttributePath;
  readonly cause?: unknown;
}

/** One thing that went wrong, written for the person who has to mend it. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly diagnostic: DiagnosticCode;
  readonly summary: string;
  readonly detail: string;
  readonly path: AttributePath | undefined;

  constructor({ code, diagnostic = code, summary, detail = '', path, cause }: ProblemDetails) {
    super(detail === '' ? summary : `${summary}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'Problem';
    this.code = code;
    this.diagnostic = diagnostic;
    this.summary = summary;
    this.detail = detail;
    this.path = path;
  }

  /** The same problem, seen from further out: `path` is put in front of its own. */
  at(path: AttributePath): Problem {
    return this.with({ path: [...path, ...(this.path ?? [])] });
  }

  /** The same problem with something said otherwise. */
  with(changes: Partial<ProblemDetails>): Problem {
    const { code, diagnostic, summary, detail, path, cause } = this;
    return new Problem({ code, diagnostic, summary, detail, cause, ...(path && { path }), ...changes });
  }
}

/** Several problems of one input, reported together. */
export class Problems extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'Problems';
    this.problems = problems;
  }
}

/** Normalises anything thrown; an unknown error is a bug of ours and says so. */
export function problemsOf(thrown: unknown): readonly Problem[] {
  if (thrown instanceof Problem) return [thrown];
  if (thrown instanceof Problems) return thrown.problems;
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return [new Problem({ code: 'canceled', summary: 'Canceled', detail: thrown.message, cause: thrown })];
  const cause = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (cause instanceof RangeError && /out of memory|allocat/iu.test(cause.message))
    return [
      new Problem({
        code: 'internal',
        summary: 'This process may not use enough memory',
        detail: `${cause.message}. Where memory is limited (ulimit -v, a container), give it more.`,
        cause,
      }),
    ];
  return [
    new Problem({
      code: 'internal',
      summary: 'Internal error',
      detail: `${cause.message}\n\nThis is a bug in browserstack-iac; please report it with the steps that led here.`,
      cause,
    }),
  ];
}

/** Throws nothing, one `Problem`, or all of them together. */
export function throwProblems(problems: readonly Problem[]): void {
  const [only] = problems;
  if (only === undefined) return;
  throw problems.length === 1 ? only : new Problems(problems);
}
