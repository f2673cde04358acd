import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/errors.ts';
import { isPlanFile, readPlan, writePlan } from '../../src/reconcile/plan/plan-file.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import { House, reconcilerOf, stack } from './toy-world.ts';

const CANARY = 'canary-key-4711';
const providerSchema = defineSchema({
  description: 'A provider.',
  attributes: {
    base_url: attribute.string({ optional: true, description: 'URL.' }),
    access_key: attribute.string({ optional: true, sensitive: true, description: 'Key.' }),
  },
});

async function saved(): Promise<string> {
  const provider = { toy: { base_url: 'http://x', access_key: CANARY } };
  const desired = stack({ toy_chair: { a: { label: 'a', color: 'red' } } }, { provider });
  return writePlan(await reconcilerOf(new House()).plan({ desired }), 'http://x', providerSchema);
}

function refusal(text: string): string {
  try {
    readPlan(text, 'p.json');
  } catch (problem) {
    return (problem as Problem).detail; // Nothing else is thrown.
  }
  return 'accepted';
}

describe('a saved plan', () => {
  it('is applied as it was reviewed', async () => {
    const house = new House();
    const report = await reconcilerOf(house).apply(readPlan(await saved(), 'p.json'), { lookAgain: true });
    expect(report.ok).toBe(true);
    expect(house.chairs.map(({ label, color }) => `${label} ${color}`)).toEqual(['a red']);
  });

  it('is done once: the second time it is stale', async () => {
    const house = new House();
    const plan = readPlan(await saved(), 'p.json');
    await reconcilerOf(house).apply(plan, { lookAgain: true });
    await expect(reconcilerOf(house).apply(plan, { lookAgain: true })).rejects.toMatchObject({
      code: 'stale',
    });
  });

  it('holds the target and no key', async () => {
    const text = await saved();
    expect(isPlanFile(text)).toBe(true);
    expect(text).not.toContain(CANARY);
    expect(readPlan(text, 'p.json').target).toBe('http://x');
    expect(readPlan(text, 'p.json').intention.desired.provider).toEqual({ base_url: 'http://x' });
  });

  it('is refused when it was changed, cut, or made by another version', async () => {
    const text = await saved();
    expect(refusal(text.replace('"red"', '"blue"'))).toContain('It was changed');
    expect(refusal(text.slice(0, 100))).toContain('not JSON');
    expect(refusal(text.replace('"version": 1,\n  "target"', '"version": 2,\n  "target"'))).toContain(
      'It has version 2',
    );
    expect(refusal('{}')).toContain('not a plan');
    expect(isPlanFile('{}')).toBe(false);
  });
});
