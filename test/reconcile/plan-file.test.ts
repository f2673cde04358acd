import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/errors.ts';
import { digest } from '../../src/reconcile/canonical.ts';
import type { PlannedAction } from '../../src/reconcile/plan/plan.ts';
import {
  bindingProblems,
  isPlanFile,
  readPlan,
  type SavedPlan,
  writePlan,
} from '../../src/reconcile/plan/plan-file.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import { caught } from '../helpers/caught.ts';
import { House, reconcilerOf, stack } from './toy-world.ts';

const CANARY = 'canary-key-4711';
const providerSchema = defineSchema({
  description: 'A provider.',
  attributes: {
    base_url: attribute.string({ optional: true, description: 'URL.' }),
    access_key: attribute.string({ optional: true, sensitive: true, description: 'Key.' }),
  },
});

const BINDING = { organization: 'Acme', username: 'owner_1', target: 'http://x', version: '0.1.0' };
const MADE = new Date('2026-01-01T00:00:00Z');

async function saved(): Promise<string> {
  const provider = { toy: { base_url: 'http://x', access_key: CANARY } };
  const desired = stack({ toy_chair: { a: { label: 'a', color: 'red' } } }, { provider });
  const proposal = await reconcilerOf(new House()).plan({ desired });
  return writePlan(proposal, BINDING, { madeAt: MADE, validFor: 3_600_000 }, providerSchema);
}

/** The deletion of somebody else's chair, as a plan would have it. */
const toDelete = (action: PlannedAction): PlannedAction => ({
  ...action,
  kind: 'delete',
  key: 'bystander',
  name: 'bystander',
  address: null,
  body: null,
  prior: { label: 'bystander', room: null, color: 'red', serial: 1 },
  planned: null,
  differences: [],
});

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
    expect(readPlan(text, 'p.json').binding).toEqual(BINDING);
    expect(readPlan(text, 'p.json').intention.desired.provider).toEqual({ base_url: 'http://x' });
  });

  it('is good for what it was made for only, and for its time', async () => {
    const plan = readPlan(await saved(), 'p.json');
    const at = (minutes: number) => new Date(MADE.getTime() + minutes * 60_000);
    const said = (binding: object, minutes: number) =>
      bindingProblems(plan, { ...BINDING, ...binding }, at(minutes)).map(({ summary }) => summary);
    expect(said({}, 59)).toEqual([]);
    expect(said({}, 60)).toEqual(['The plan has expired']);
    expect(said({}, -6)).toEqual(['The plan is from the future']);
    expect(said({ organization: 'Other', username: 'x', target: null, version: '0.2.0' }, 1)).toEqual([
      'The plan was made for another organization',
      'The plan was made for another account',
      'The plan was made for another BrowserStack',
      'The plan was made for another version of this tool',
    ]);
  });

  it.each<[string, (plan: SavedPlan) => object]>([
    [
      'an action that nobody reviewed',
      ({ plan }) => ({ plan: { ...plan, actions: plan.actions.map(toDelete) } }),
    ],
    [
      'one more action',
      ({ plan }) => ({ plan: { ...plan, actions: [...plan.actions, ...plan.actions.map(toDelete)] } }),
    ],
    ['no action at all', ({ plan }) => ({ plan: { ...plan, actions: [] } })],
    ['another fingerprint', ({ plan }) => ({ plan: { ...plan, fingerprint: '0'.repeat(16) } })],
    ['half an action', ({ plan }) => ({ plan: { ...plan, actions: [{ kind: 'delete' }] } })],
    [
      'other things to be done',
      ({ intention }) => ({ intention: { ...intention, desired: { ...intention.desired, objects: [] } } }),
    ],
  ])('is never done when it was forged to hold %s', async (_, forge) => {
    const house = new House();
    house.furnish([], [{ label: 'bystander', room: null, color: 'red' }]);
    const { checksum: _checksum, ...body } = JSON.parse(await saved());
    const forged = { ...body, ...forge(body) };
    const text = JSON.stringify({ ...forged, checksum: digest(forged) }, null, 2);
    const refused = await caught(
      (async () => reconcilerOf(house).apply(readPlan(text, 'p.json'), { lookAgain: true }))(),
    );
    expect(['stale', 'invalid_input']).toContain(refused.code);
    expect(house.chairs.map(({ label }) => label)).toEqual(['bystander']);
    expect(house.calls.filter((call) => !call.startsWith('list'))).toEqual([]);
  });

  it('is refused when it was changed, cut, or made by another version', async () => {
    const text = await saved();
    expect(refusal(text.replace('"red"', '"blue"'))).toContain('It was changed');
    expect(refusal(text.slice(0, 100))).toContain('not JSON');
    expect(refusal(text.replace('"version": 2,\n  "binding"', '"version": 3,\n  "binding"'))).toContain(
      'It has version 3',
    );
    expect(refusal('{}')).toContain('not a plan');
    expect(isPlanFile('{}')).toBe(false);
  });
});
