// Everything that can go wrong between an effect and the one who asked for it, programmable request by request.

import { type Problem, throwProblems } from '../../errors.ts';
import type { Random } from '../random.ts';
import { parseIfText, schemaCheck } from '../storage/checked-json.ts';

/** Which requests a fault hits. */
interface Where {
  /** Default: any. */
  readonly method?: string;
  /** A path, or the beginning of one with `*` at the end. Default: any. */
  readonly path?: string;
  /** The first matching request that is hit, counted from 1 since the fault was injected. Default 1. */
  readonly nth?: number;
  /** How many are hit from there on. Default 1; "always" when `chance` is given. */
  readonly times?: number | 'always';
  /** Hits a matching request with this chance, 0 to 1, drawn from the seeded randomness. */
  readonly chance?: number;
}

type When = 'before' | 'after';

export type FaultRule = Where &
  (
    | /** Cuts the connection; default after the effect. */ { readonly kind: 'drop'; readonly when?: When }
    | /** Cuts the connection in the middle of the body. */ { readonly kind: 'reset' }
    | /** Answers this status instead, with a page, or with this message as JSON; default after the effect. */ {
        readonly kind: 'status';
        readonly status: number;
        readonly message?: string;
        readonly when?: When;
      }
    | /** Answers a page instead of JSON; default 200, after the effect. */ {
        readonly kind: 'html';
        readonly status?: number;
        readonly when?: When;
      }
    | /** Waits; default before the effect. */ {
        readonly kind: 'slow';
        readonly seconds: number;
        readonly when?: When;
      }
    | /** Lists show the world as it was so long ago. */ {
        readonly kind: 'stale-list';
        readonly seconds: number;
      }
    | /** Answers 429, executing nothing; with Retry-After when `seconds` is given. */ {
        readonly kind: 'throttle';
        readonly seconds?: number;
      }
    | /** Sets the Date header off. */ { readonly kind: 'clock-skew'; readonly seconds: number }
    | /** Puts lists into another order. */ { readonly kind: 'shuffle' }
    | /** Adds fields no page names. */ { readonly kind: 'extra-fields' }
    | /** Leaves a field out of every object; a random one unless given. */ {
        readonly kind: 'missing-field';
        readonly field?: string;
      }
    | /** Cuts this connection without effect, then accepts none for so long. */ {
        readonly kind: 'refuse';
        readonly seconds: number;
      }
  );

export type FaultKind = FaultRule['kind'];

/** Reads one rule or a list of them, as text or value. Throws every problem at once. */
export function parseFaults(input: unknown): FaultRule[] {
  const parsed = parseIfText(input, 'list of faults');
  const rules = Array.isArray(parsed) ? parsed : [parsed];
  const problems = rules.flatMap((rule: unknown, index) => {
    const found = checkRule(rule);
    return Array.isArray(parsed) ? found.map((problem) => problem.at([index])) : found;
  });
  throwProblems(problems);
  // Every rule was just checked against the schema of its kind.
  return rules as FaultRule[];
}

/** The rules in force and how often each was met. */
export class Faults {
  #armed: { readonly rule: FaultRule; met: number; hits: number }[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  inject(rules: readonly FaultRule[]): void {
    for (const rule of rules) this.#armed.push({ rule, met: 0, hits: 0 });
  }

  clear(): void {
    this.#armed = [];
  }

  /** The rules that may still hit something. */
  all(): readonly FaultRule[] {
    return this.#armed.map(({ rule }) => rule);
  }

  /** The faults that hit this request, in the order they were injected; rules that are used up are dropped. */
  hit(method: string, path: string): FaultRule[] {
    const hits = this.#armed.filter((armed) => {
      if (!matches(armed.rule, method, path)) return false;
      armed.met += 1;
      if (armed.met < (armed.rule.nth ?? 1)) return false;
      if (armed.rule.chance !== undefined && this.#random.next() >= armed.rule.chance) return false;
      armed.hits += 1;
      return true;
    });
    this.#armed = this.#armed.filter(({ rule, hits: count }) => count < limitOf(rule));
    return hits.map(({ rule }) => rule);
  }
}

function limitOf({ times, chance }: FaultRule): number {
  const given = times ?? (chance === undefined ? 1 : 'always');
  return given === 'always' ? Number.POSITIVE_INFINITY : given;
}

function matches(rule: FaultRule, method: string, path: string): boolean {
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
  if (rule.path === undefined) return true;
  return rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path;
}

const fields = {
  when: { enum: ['before', 'after'] },
  status: { type: 'integer', minimum: 200, maximum: 599 },
  seconds: { type: 'number', minimum: -86_400 * 366, maximum: 86_400 * 366 },
  delay: { type: 'number', minimum: 0, maximum: 3600 },
  field: { type: 'string', minLength: 1 },
} as const;

const kinds: Readonly<Record<FaultKind, { takes: Record<string, unknown>; needs: readonly string[] }>> = {
  drop: { takes: { when: fields.when }, needs: [] },
  reset: { takes: {}, needs: [] },
  status: {
    takes: { status: fields.status, message: { type: 'string' }, when: fields.when },
    needs: ['status'],
  },
  html: { takes: { status: fields.status, when: fields.when }, needs: [] },
  slow: { takes: { seconds: fields.delay, when: fields.when }, needs: ['seconds'] },
  'stale-list': { takes: { seconds: fields.delay }, needs: ['seconds'] },
  throttle: { takes: { seconds: fields.delay }, needs: [] },
  'clock-skew': { takes: { seconds: fields.seconds }, needs: ['seconds'] },
  shuffle: { takes: {}, needs: [] },
  'extra-fields': { takes: {}, needs: [] },
  'missing-field': { takes: { field: fields.field }, needs: [] },
  refuse: { takes: { seconds: fields.delay }, needs: ['seconds'] },
};

/** The kinds of fault, for help texts. */
export const faultKinds = Object.keys(kinds) as readonly FaultKind[]; // The keys of the table above.

const checkKind = schemaCheck({
  type: 'object',
  required: ['kind'],
  properties: { kind: { enum: faultKinds } },
});

const checks = new Map(
  Object.entries(kinds).map(([kind, { takes, needs }]) => [
    kind,
    schemaCheck({
      type: 'object',
      required: ['kind', ...needs],
      additionalProperties: false,
      properties: {
        kind: { const: kind },
        method: { type: 'string', pattern: '^[A-Za-z]+$' },
        path: { type: 'string', pattern: '^/' },
        nth: { type: 'integer', minimum: 1 },
        times: { anyOf: [{ type: 'integer', minimum: 1 }, { const: 'always' }] },
        chance: { type: 'number', minimum: 0, maximum: 1 },
        ...takes,
      },
    }),
  ]),
);

function checkRule(rule: unknown): Problem[] {
  const problems = checkKind(rule);
  if (problems.length > 0) return problems;
  // The check above made sure of an object whose kind is one of the table.
  const { kind } = rule as { kind: FaultKind };
  return checks.get(kind)?.(rule) ?? [];
}
