import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/review/finding.ts';
import { type JsonOptions, jsonLine, reviewAsJson } from '../../src/review/output/json.ts';
import { reviewSchema } from '../../src/review/output/json-schema.ts';
import { comment } from '../../src/review/output/markdown/comment.ts';
import { DIALECTS } from '../../src/review/output/markdown/dialect.ts';
import { reviewAsText } from '../../src/review/output/text.ts';
import { exitCodeOf, type Review } from '../../src/review/review.ts';
import { CANARY, reviewedOf, TRIGGER_VALUE } from './plans.ts';
import { scenarios } from './recording/scenarios/index.ts';

const DIGEST = '57b0c1e9d3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0';
const COMMIT = 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0';

const matchesSchema = new Ajv({ allowUnionTypes: true }).compile(reviewSchema);

function jsonOf(review: Review, findings: readonly Finding[]): object {
  const options: JsonOptions = {
    stack: 'acme',
    tool: { name: 'browserstack-iac', version: '0.1.0' },
    planSha256: DIGEST,
    tfplanSha256: DIGEST,
    commit: COMMIT,
    failOn: 'look',
    exitCode: exitCodeOf(review),
    policy: { file: undefined, sha256: undefined, from: 'defaults', changedHere: false },
  };
  return JSON.parse(jsonLine(reviewAsJson(review, findings, options)));
}

describe.each(scenarios)('$name', ({ name, says }) => {
  const { review, findings } = reviewedOf(name);
  const verdict = /^\w+/u.exec(says)?.[0];

  it(says, async () => {
    expect(review.verdict).toBe(verdict);
    const mayBeApplied = (verdict === 'quiet' || verdict === 'ok') && review.plan.complete;
    expect(exitCodeOf(review)).toBe(mayBeApplied ? 0 : 2);
    const options = { dialect: DIALECTS.github, stack: 'acme', plan: DIGEST, commit: COMMIT };
    await expect(comment(review, findings, options)).toMatchFileSnapshot(`goldens/${name}.md`);
  });

  it('is written as JSON of the published shape', () => {
    const json = jsonOf(review, findings);
    matchesSchema(json);
    expect(matchesSchema.errors).toBeNull();
  });

  it('shows no key and no value of a trigger, in whatever form', () => {
    const forms = Object.values(DIALECTS).map((dialect) =>
      comment(review, findings, { dialect, stack: 'acme' }),
    );
    for (const form of [
      ...forms,
      reviewAsText(review, findings, 'acme'),
      JSON.stringify(jsonOf(review, findings)),
    ]) {
      expect(form).not.toMatch(CANARY);
      expect(form).not.toMatch(TRIGGER_VALUE);
      // What the configuration marks as sensitive.
      expect(form).not.toMatch(/hush-hush|whisper/u);
    }
  });
});
