import { Problem } from '../../errors.ts';
import type { Schema } from '../../schema/schema.ts';
import { canonical, digest, isJsonObject, type Json, type JsonObject } from '../canonical.ts';
import type { Proposal } from '../reconciler.ts';

/** A plan as it waits for its apply. Holds no key. */
export interface SavedPlan extends Proposal {
  readonly format: typeof FORMAT;
  readonly version: 1;
  /** Base URL it was made against; `null` for the default. */
  readonly target: string | null;
}

const FORMAT = 'browserstack-iac/plan';

/** The text of a plan file. Sensitive arguments of the provider block are left out. */
export function writePlan({ intention, plan }: Proposal, target: string | null, provider: Schema): string {
  const { desired } = intention;
  const harmless = Object.entries(desired.provider).filter(
    ([name]) => provider.attributes[name]?.options.sensitive !== true,
  );
  const saved: SavedPlan = {
    format: FORMAT,
    version: 1,
    target,
    intention: { ...intention, desired: { ...desired, provider: Object.fromEntries(harmless) } },
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

/** @throws Problem `invalid_input` for a plan of another version, or one that was changed after it was written. */
export function readPlan(text: string, file: string): SavedPlan {
  const { checksum, ...body } = parsed(text, file);
  if (body.format !== FORMAT) throw unusable(file, 'It is not a plan of this tool.');
  if (body.version !== 1)
    throw unusable(file, `It has version ${canonical(body.version ?? null)}; this tool reads version 1.`);
  if (checksum !== digest(body)) throw unusable(file, 'It was changed after it was written.');
  // The checksum says that it is what `writePlan` wrote.
  return body as unknown as SavedPlan;
}

function parsed(text: string, file: string): JsonObject {
  try {
    const json = JSON.parse(text) as Json;
    if (isJsonObject(json)) return json;
  } catch (cause) {
    throw unusable(file, 'It is not JSON.', cause);
  }
  throw unusable(file, 'It is not a JSON object.');
}

function unusable(file: string, why: string, cause?: unknown): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${file} cannot be applied`,
    detail: `${why} Make a new plan: browserstack-iac plan --out ${file}`,
    ...(cause === undefined ? {} : { cause }),
  });
}
