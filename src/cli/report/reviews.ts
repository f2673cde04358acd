// Reviews that were kept: what `review --json` printed, as its published schema has it.

import { Ajv } from 'ajv';
import { Problem } from '../../errors.ts';
import { reviewSchema } from '../../review/output/json-schema.ts';
import { readText } from '../files.ts';
import type { Machine } from '../machine.ts';

/** The part that a report shows. */
export interface KeptReview {
  readonly stack: string;
  readonly verdict: string;
  readonly headline: string;
  readonly source: {
    readonly commit: string | null;
    readonly timestamp: string | null;
    readonly plan_sha256: string | null;
    readonly tfplan_sha256: string | null;
  };
  readonly changes: readonly { readonly kind: string; readonly username?: string | null }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly level: 'error' | 'warning' | 'note';
    readonly address: string | null;
    readonly identifier: string | null;
    readonly message: string;
    readonly fix: string;
    readonly waived: { readonly owner: string; readonly reason: string; readonly until: string } | null;
  }[];
}

/** @throws Problem `invalid_input` for anything else, with the first place that is not as the schema says. */
export async function readReviews(
  machine: Machine,
  files: readonly string[],
): Promise<readonly KeptReview[]> {
  if (files.length === 0) return [];
  const ajv = new Ajv({ allowUnionTypes: true });
  const matches = ajv.compile<KeptReview>(reviewSchema);
  return Promise.all(
    files.map(async (file) => {
      const json = jsonIn(await readText(machine, file), file);
      if (matches(json)) return json;
      const [first] = matches.errors ?? [];
      throw noReview(file, `${first?.instancePath || 'The whole'} ${first?.message ?? 'is something else'}.`);
    }),
  );
}

function jsonIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw noReview(file, 'It is not JSON.');
  }
}

function noReview(file: string, why: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${file} is not a review`,
    detail: `${why} Give what this version prints: browserstack-iac review plan.json --json > review.json`,
    path: ['--review'],
  });
}
