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
import { House, nothingOwned, reconcilerOf, stack } from './toy-world.ts';

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
  const request = {
    stack: stack({ toy_chair: { a: { label: 'a', color: 'red' } } }, { provider }),
    inventory: nothingOwned,
  };
  const { plan } = await reconcilerOf(new House()).plan(request);
  const kept = { madeAt: MADE, validFor: 3_600_000, inventory: 'toy.inventory.json' };
  return writePlan({ request, plan }, BINDING, kept, providerSchema);
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

const apply = (house: House, { request, plan }: SavedPlan) =>
  reconcilerOf(house).apply({ ...request, inventory: nothingOwned }, plan, { lookAgain: true });

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
    const report = await apply(house, readPlan(await saved(), 'p.json'));
    expect(report.ok).toBe(true);
    expect(house.chairs.map(({ label, color }) => `${label} ${color}`)).toEqual(['a red']);
  });

  it('is done once: the second time it is stale', async () => {
    const house = new House();
    const plan = readPlan(await saved(), 'p.json');
    await apply(house, plan);
    await expect(apply(house, plan)).rejects.toMatchObject({
      code: 'stale',
    });
  });

  it('holds the target and no key', async () => {
    const text = await saved();
    expect(isPlanFile(text)).toBe(true);
    expect(text).not.toContain(CANARY);
    expect(readPlan(text, 'p.json').binding).toEqual(BINDING);
    expect(readPlan(text, 'p.json').request.stack.provider).toEqual({ base_url: 'http://x' });
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
      ({ request }) => ({ request: { ...request, stack: { ...request.stack, objects: [] } } }),
    ],
  ])('is never done when it was forged to hold %s', async (_, forge) => {
    const house = new House();
    house.furnish([], [{ label: 'bystander', room: null, color: 'red' }]);
    const { checksum: _checksum, ...body } = JSON.parse(await saved());
    const forged = { ...body, ...forge(body) };
    const text = JSON.stringify({ ...forged, checksum: digest(forged) }, null, 2);
    const refused = await caught((async () => apply(house, readPlan(text, 'p.json')))());
    expect(['stale', 'invalid_input']).toContain(refused.code);
    expect(house.chairs.map(({ label }) => label)).toEqual(['bystander']);
    expect(house.calls.filter((call) => !call.startsWith('list'))).toEqual([]);
  });

  it('is refused when it was changed, cut, or made by another version', async () => {
    const text = await saved();
    expect(refusal(text.replace('"red"', '"blue"'))).toContain('It was changed');
    expect(refusal(text.slice(0, 100))).toContain('not JSON');
    expect(refusal(text.replace('"version": 3,\n  "binding"', '"version": 4,\n  "binding"'))).toContain(
      'It has version 4',
    );
    expect(refusal('{}')).toContain('not a plan');
    expect(isPlanFile('{}')).toBe(false);
  });
});
