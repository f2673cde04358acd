// A plan as it waits for its apply: bound to the organization it was made for, and for some time only. The file is
// never trusted: apply makes the plan again and compares. Holds no key.

import { Ajv, type SchemaObject } from 'ajv';
import { Problem } from '../../errors.ts';
import type { Schema } from '../../schema/schema.ts';
import { canonical, digest, type JsonObject } from '../canonical.ts';
import { parseDocument } from '../input/document.ts';
import type { PlanRequest } from './context.ts';
import type { Plan } from './plan.ts';

/** What a plan was made for, and by what. */
export interface PlanBinding {
  /** Name of the organization; `null` where it cannot be seen. */
  readonly organization: string | null;
  /** User name of the credentials. */
  readonly username: string;
  /** Base URL; `null` for the default. */
  readonly target: string | null;
  /** Version of this tool. */
  readonly version: string;
}

/** What a plan was asked for; what the stack owns is read again when it is applied. */
export type SavedRequest = Omit<PlanRequest, 'inventory'>;

export interface SavedPlan {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly request: SavedRequest;
  readonly plan: Plan;
  /** The file of the inventory, as it was named. */
  readonly inventory: string;
  readonly binding: PlanBinding;
  /** RFC 3339. */
  readonly madeAt: string;
  readonly expiresAt: string;
}

const FORMAT = 'browserstack-iac/plan';
const VERSION = 3;

/** The text of a plan file. Sensitive arguments of the provider block are left out. */
export function writePlan(
  { request, plan }: { readonly request: PlanRequest; readonly plan: Plan },
  binding: PlanBinding,
  {
    madeAt,
    validFor,
    inventory,
  }: { readonly madeAt: Date; readonly validFor: number; readonly inventory: string },
  provider: Schema,
): string {
  const { inventory: _owned, stack, ...rest } = request;
  const harmless = Object.entries(stack.provider).filter(
    ([name]) => provider.attributes[name]?.options.sensitive !== true,
  );
  const saved: SavedPlan = {
    format: FORMAT,
    version: VERSION,
    binding,
    madeAt: madeAt.toISOString(),
    expiresAt: new Date(madeAt.getTime() + validFor).toISOString(),
    inventory,
    request: { ...rest, stack: { ...stack, provider: Object.fromEntries(harmless) } },
    plan,
  };
  // A plan is made of JSON values only; this drops absent members and proves it.
  const body = JSON.parse(JSON.stringify(saved)) as JsonObject;
  return `${JSON.stringify({ ...body, checksum: digest(body) }, null, 2)}\n`;
}

/** Whether a text is a plan file at all (of any version, intact or not). */
export function isPlanFile(text: string): boolean {
  return text.includes(`"format": "${FORMAT}"`);
}

/**
 * @throws Problem `invalid_input` for a plan of another version, or one that was changed after it was written, as far
 *   as that can be told: a checksum keeps accidents out, not attackers.
 */
export function readPlan(text: string, file: string): SavedPlan {
  const { checksum, ...body } = parseDocument(text, file, 'a plan');
  if (body.format !== FORMAT) throw unusable(file, 'It is not a plan of this tool.');
  if (body.version !== VERSION)
    throw unusable(
      file,
      `It has version ${canonical(body.version ?? null)}; this tool reads version ${VERSION}.`,
    );
  if (checksum !== digest(body)) throw unusable(file, 'It was changed after it was written.');
  if (!isSavedPlan(body)) throw unusable(file, 'It lacks a part that every plan has.');
  return body;
}

/** Everything in which the plan was made for something else, or for another time; what is not known does not count. */
export function bindingProblems(
  { binding, madeAt, expiresAt }: SavedPlan,
  now: Partial<PlanBinding>,
  time: Date,
): readonly Problem[] {
  const problems = NAMES.flatMap(([name, title]) => {
    const other = now[name];
    if (other === undefined || binding[name] === other) return [];
    return [
      stale(
        `The plan was made for another ${title}`,
        `It was ${shown(binding[name])}, this is ${shown(other)}.`,
      ),
    ];
  });
  if (Date.parse(expiresAt) <= time.getTime())
    problems.push(stale('The plan has expired', `It was made at ${madeAt} and was good until ${expiresAt}.`));
  if (Date.parse(madeAt) > time.getTime() + CLOCK_TOLERANCE)
    problems.push(
      stale('The plan is from the future', `It was made at ${madeAt}, and here it is ${time.toISOString()}.`),
    );
  return problems;
}

/** Clocks of two machines differ; more than this is no difference of clocks. Milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000;

const NAMES = [
  ['organization', 'organization'],
  ['username', 'account'],
  ['target', 'BrowserStack'],
  ['version', 'version of this tool'],
] as const;

const shown = (value: string | null) => (value === null ? 'the default' : `"${value}"`);

function stale(summary: string, detail: string): Problem {
  return new Problem({ code: 'stale', summary, detail: `${detail} Nothing was changed. Make a new plan.` });
}

const text: SchemaObject = { type: 'string' };
const textOrNull: SchemaObject = { type: 'string', nullable: true };
const texts: SchemaObject = { type: 'array', items: text };
const object: SchemaObject = { type: 'object' };
const objectOrNull: SchemaObject = { type: 'object', nullable: true };

function objectOf(properties: Readonly<Record<string, SchemaObject>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required };
}

const isSavedPlan = new Ajv().compile<SavedPlan>(
  objectOf({
    binding: objectOf({ organization: textOrNull, username: text, target: textOrNull, version: text }),
    madeAt: text,
    expiresAt: text,
    inventory: text,
    request: objectOf({
      stack: objectOf({
        objects: {
          type: 'array',
          items: objectOf({
            address: text,
            type: text,
            body: object,
            dependsOn: texts,
            preventDestroy: { type: 'boolean' },
            imports: { type: 'boolean' },
          }),
        },
        skipped: { type: 'array', items: objectOf({ address: text, reason: text }) },
        provider: object,
        moved: { type: 'array', items: objectOf({ from: text, to: text }) },
        removed: texts,
        problems: { type: 'array', maxItems: 0 },
      }),
    }),
    plan: objectOf({
      fingerprint: text,
      actions: {
        type: 'array',
        items: objectOf({
          kind: text,
          type: text,
          key: text,
          name: text,
          address: textOrNull,
          body: objectOrNull,
          prior: objectOrNull,
          adopts: { type: 'boolean' },
          identity: object,
          rotation: objectOrNull,
          differences: { type: 'array', items: objectOf({ attribute: text }) },
        }),
      },
    }),
  }),
);

function unusable(file: string, why: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${file} cannot be applied`,
    detail: `${why} Make a new plan: browserstack-iac plan --out ${file}`,
  });
}
