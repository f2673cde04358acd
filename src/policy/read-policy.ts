// From the text of a policy file to a policy. Everything that is wrong is told at once, each with its line.

import { Ajv, type ErrorObject } from 'ajv';
import { closest } from 'fastest-levenshtein';
import { Problem, throwProblems } from '../errors.ts';
import { LocatedJson, type Path } from './located-json.ts';
import type { Policy, Setting, Waiver } from './policy.ts';
import { settingSchema, waiverSchema } from './policy-schema.ts';
import { LEVELS } from './rule.ts';
import { isRuleName, type RuleName, ruleOf, rules } from './rules/index.ts';
import { explained } from './schema-error.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** A waiver is an exception, not a rule: it ends, at the latest, so many days from now. */
const LONGEST_WAIVER_DAYS = 180;
const DAY = 86_400_000;

/** What cannot be waived: whether there is anything to review at all, and the policy itself. */
const UNWAIVABLE: ReadonlySet<RuleName> = new Set([
  'plan-is-whole',
  'policy-changed',
  'waiver-expired',
  'waiver-unused',
]);

const SECTIONS = ['$schema', 'version', 'rules', 'waivers'];

const ajv = new Ajv({ allErrors: true, strict: false, formats: { regex: isRegex } });
const isSettingOf = new Map(rules.map((rule) => [rule.name, ajv.compile(settingSchema(rule))]));
const isWaiver = ajv.compile(waiverSchema);

export const NO_POLICY: Policy = { settings: new Map(), waivers: [] };

/** @throws Problem(s) `invalid_input`, each with file and line. */
export function readPolicy(text: string, file: string, now: Date): Policy {
  const reader = new Reader(new LocatedJson(text, file), now);
  const policy = reader.policy();
  throwProblems(reader.problems);
  return policy;
}

class Reader {
  readonly problems: Problem[] = [];
  readonly #source: LocatedJson;
  readonly #now: Date;

  constructor(source: LocatedJson, now: Date) {
    this.#source = source;
    this.#now = now;
  }

  policy(): Policy {
    const { error, doubles, value: json } = this.#source;
    if (error !== undefined) {
      this.#report(error.place, `It is not JSON: ${error.words}`, 'Mend it; what follows is unread.');
      return NO_POLICY;
    }
    for (const { name, place } of doubles)
      this.#report(place, `"${name}" stands there twice`, 'Only the last of the two would count.');
    if (!isObject(json)) {
      this.#problem([], 'It is not a JSON object', 'Begin with { "version": 1 }.');
      return NO_POLICY;
    }
    const { version, rules: given, waivers } = json;
    if (version !== 1)
      this.#problem(['version'], 'It does not have version 1', 'This tool reads policies of "version": 1.');
    for (const name of Object.keys(json))
      if (!SECTIONS.includes(name))
        this.#problem([name], `There is no "${name}" in a policy`, didYouMean(name, SECTIONS));
    return {
      settings: this.#settings(given ?? {}),
      waivers: this.#waivers(waivers ?? []),
    };
  }

  #settings(given: unknown): ReadonlyMap<RuleName, Setting> {
    const found = new Map<RuleName, Setting>();
    if (!isObject(given)) this.#problem(['rules'], '"rules" is no object', 'Write { "a-rule": "error" }.');
    for (const [name, value] of Object.entries(isObject(given) ? given : {})) {
      const names = rules.map((rule) => rule.name);
      if (!isRuleName(name))
        this.#problem(['rules', name], `There is no rule "${name}"`, didYouMean(name, names));
      else {
        const setting = this.#setting(name, value);
        if (setting !== undefined) found.set(name, setting);
      }
    }
    return found;
  }

  #setting(name: RuleName, value: unknown): Setting | undefined {
    const level = levelIn(value);
    if (level !== undefined) return { level, parameters: {} };
    const path = ['rules', name];
    if (!isObject(value)) {
      const detail = `It is off, ${LEVELS.join(', ')}, or an object with "level" and parameters.`;
      this.#problem(path, `"${name}" cannot be set to this`, detail);
      return undefined;
    }
    const check = isSettingOf.get(name);
    if (check !== undefined && !check(value)) {
      this.#invalid(path, check.errors);
      return undefined;
    }
    const { level: given, ...parameters } = value;
    return { level: levelIn(given) ?? ruleOf(name).level, parameters };
  }

  #waivers(given: unknown): readonly Waiver[] {
    if (Array.isArray(given))
      return given.flatMap((value: unknown, index) => this.#waiver(value, ['waivers', index]) ?? []);
    this.#problem(['waivers'], '"waivers" is not a list', 'Write a list of objects.');
    return [];
  }

  #waiver(value: unknown, path: Path): Waiver | undefined {
    if (!isWaiver(value)) {
      this.#invalid(path, isWaiver.errors);
      return undefined;
    }
    // Just checked by its schema.
    const waiver = value as Omit<Waiver, 'subject' | 'place'> & { identifier?: string; address?: string };
    const { identifier, address, rule, owner, reason, ticket, until } = waiver;
    const before = this.problems.length;
    if ((identifier === undefined) === (address === undefined))
      this.#problem(
        path,
        'A waiver is for an identifier or for an address',
        'Give one of the two; both may be globs.',
      );
    if (UNWAIVABLE.has(rule))
      this.#problem([...path, 'rule'], `"${rule}" cannot be waived`, ruleOf(rule).fix);
    this.#checkEnd(until, [...path, 'until']);
    if (this.problems.length > before) return undefined;
    const subject = identifier === undefined ? { address: address ?? '' } : { identifier };
    return { rule, subject, owner, reason, ticket, until, place: this.#source.place(path) };
  }

  #checkEnd(until: string, path: Path): void {
    const end = Date.parse(`${until}T00:00:00Z`);
    if (Number.isNaN(end) || new Date(end).toISOString().slice(0, 10) !== until) {
      this.#problem(path, `There is no day ${until}`, 'Write a date such as 2026-12-31.');
      return;
    }
    const days = Math.ceil((end - this.#now.getTime()) / DAY);
    const longest = `A waiver ends at most ${LONGEST_WAIVER_DAYS} days from now`;
    if (days > LONGEST_WAIVER_DAYS) this.#problem(path, longest, `This one ends in ${days} days.`);
  }

  #invalid(path: Path, errors: readonly ErrorObject[] | null | undefined): void {
    for (const { path: below, summary, detail } of (errors ?? []).map(explained))
      this.#problem([...path, ...below], summary, detail);
  }

  #problem(path: Path, summary: string, detail: string): void {
    this.#report(this.#source.place(path), summary, detail);
  }

  #report(place: string, summary: string, detail: string): void {
    this.problems.push(new Problem({ code: 'invalid_input', summary: `${place}: ${summary}`, detail }));
  }
}

function levelIn(value: unknown): Setting['level'] | undefined {
  return value === 'off' ? 'off' : LEVELS.find((level) => level === value);
}

function didYouMean(name: string, known: readonly string[]): string {
  return `Did you mean "${closest(name, [...known])}"? There is ${known.join(', ')}.`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRegex(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
