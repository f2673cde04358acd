import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/errors.ts';
import { NO_POLICY } from '../../src/policy/read-policy.ts';
import { reviewAsAtlantis } from '../../src/review/output/atlantis.ts';
import { jsonLine, reviewAsJson } from '../../src/review/output/json.ts';
import { reviewSchema } from '../../src/review/output/json-schema.ts';
import { reviewAsJunit } from '../../src/review/output/junit.ts';
import { comment } from '../../src/review/output/markdown/comment.ts';
import { DIALECTS } from '../../src/review/output/markdown/dialect.ts';
import { reviewAsSarif } from '../../src/review/output/sarif.ts';
import { reviewAsText } from '../../src/review/output/text.ts';
import { readPlan } from '../../src/review/plan/read-plan.ts';
import { exitCodeOf, reviewPlan } from '../../src/review/review.ts';
import { findingsOf } from '../../src/review/rules/findings.ts';
import { mutated } from './mutate.ts';
import { CANARY } from './plans.ts';

/** `npm run fuzz` tries 10,000. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000);
const BATCH = 250;
const NOW = new Date('2026-03-02T09:00:00Z');
const TOOL = { name: 'browserstack-iac', version: '0.1.0' };

const matchesSchema = new Ajv({ allowUnionTypes: true }).compile(reviewSchema);

/** Everything that a review of the text says, or the one error. */
function answerTo(text: string): string {
  let document: ReturnType<typeof readPlan>;
  try {
    document = readPlan(text, 'plan.json');
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'invalid_input')
      return `${thrown.summary}\n${thrown.detail}`;
    throw thrown;
  }
  const review = reviewPlan(document);
  const findings = findingsOf({ document, review, policy: NO_POLICY, now: NOW, labels: [] });
  const exitCode = exitCodeOf(review);
  if (document.errored || document.complete === false) expect(exitCode).toBe(2);
  const json = {
    stack: 'acme',
    tool: TOOL,
    planSha256: undefined,
    tfplanSha256: undefined,
    commit: undefined,
    failOn: 'look',
    exitCode,
    policy: { file: undefined, sha256: undefined, from: 'defaults', changedHere: false },
  } as const;
  const asJson = reviewAsJson(review, findings, json);
  matchesSchema(JSON.parse(JSON.stringify(asJson)));
  expect(matchesSchema.errors).toBeNull();
  return [
    reviewAsText(review, findings, 'acme'),
    comment(review, findings, { dialect: DIALECTS.github, stack: 'acme' }),
    comment(review, findings, { dialect: DIALECTS.bitbucket, stack: 'acme' }),
    jsonLine(asJson),
    reviewAsSarif(review, findings, { tool: TOOL, policy: 'p.json' }),
    reviewAsJunit(review, findings),
    reviewAsAtlantis(review, findings, exitCode !== 0),
  ].join('\n');
}

describe(`${RUNS} broken plans: an answer or one clear error, never a crash, never a key`, () => {
  const batches = Array.from({ length: Math.ceil(RUNS / BATCH) }, (_, batch) => batch * BATCH);
  it.each(batches)('from seed %i on', (first) => {
    for (let seed = first; seed < Math.min(first + BATCH, RUNS); seed++) {
      const text = mutated(seed);
      let answer: string;
      try {
        answer = answerTo(text);
      } catch (thrown) {
        throw new Error(`seed ${seed}: ${thrown instanceof Error ? thrown.stack : thrown}`);
      }
      if (CANARY.test(answer))
        throw new Error(`seed ${seed} shows a key: ${/.{60}CanaryKey/su.exec(answer)?.[0]}`);
    }
  });
});
