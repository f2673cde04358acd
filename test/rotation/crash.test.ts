import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { FaultRule } from '../../src/entry/emulator.ts';
import { keyFingerprint } from '../../src/resources/access-key/index.ts';
import { Secret } from '../../src/secret.ts';
import { has, itNeeds } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { Bench, buildMirror, FIRST_KEY, HAND_OVER, OWNER_KEY } from './bench/bench.ts';
import { StateStore } from './bench/state-store.ts';
import type { Workbench } from './bench/workbench.ts';

// Real Terraform, several times per test, on machines that do other things too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const RECYCLE = '/automate/recycle_key.json';
const handingOver = ['ephemeral resources', 'write-only arguments'] as const;
/** Where an engine cannot hand a key over, all the rest holds. */
const handsOver = handingOver.every((feature) => has(feature));
const hcl = (incident: number) => `
resource "browserstack_access_key" "ci" {
  username = "payments_1"
  triggers = { incident = "${incident}" }
}
${handsOver ? HAND_OVER : ''}`;

interface Mishap {
  /** Kills the process that plans, at this request. */
  readonly killPlan?: string;
  /** Kills the process that applies, at this request. */
  readonly kill?: string;
  readonly fault?: FaultRule;
  /** Who turns away what is written to it. */
  readonly refusing?: 'state' | 'vault';
  /** What the apply says of it; default 1, a failure. */
  readonly exitCode?: 0;
}

// The numbers are those of the steps of a rotation, in rotate.ts and docs: (1) and (2) plan, (3) look, (4) call,
// (5) answer, (6) verify, (7) state.
describeWithTerraform('the crash matrix: one intended rotation, and', () => {
  let mirror: string;
  let bench: Bench;
  let store: StateStore;
  let terraform: Workbench;
  /** The state in which the first key is adopted and handed over. */
  let adopted: string;
  const keys = new Set<string>([FIRST_KEY, OWNER_KEY]);

  beforeAll(async () => {
    mirror = await buildMirror();
    bench = await Bench.open(mirror);
    store = await StateStore.open();
    terraform = await bench.workspace(hcl(0), { trace: true, backend: store.backend });
    expect((await terraform.apply()).exitCode).toBe(0);
    adopted = store.text;
    await terraform.write(hcl(1));
  });
  afterAll(async () => {
    await store.close();
    await bench.close();
    await rm(mirror, { recursive: true, force: true });
  });

  /** Every test begins with the same world and the same state, whatever became of the one before. */
  async function begin(): Promise<void> {
    await bench.renew();
    store.text = adopted;
    store.isReadOnly = false;
    bench.vault.isSealed = false;
    bench.vault.secrets.set('payments', FIRST_KEY);
    terraform.forgetErroredState();
  }

  it.each<[string, Mishap]>([
    ['1: killed before it looks', { killPlan: 'service-accounts:before' }],
    ['2: killed when it has looked', { killPlan: 'service-accounts:after' }],
    ['3: killed before it lists', { kill: 'service-accounts:before' }],
    ['3: killed when the list is there', { kill: 'service-accounts:after' }],
    ['4: killed before the call', { kill: 'recycle:before' }],
    ['4: the call never arrives', { fault: { kind: 'drop', when: 'before' } }],
    ['4: a 502 comes before the effect', { fault: { kind: 'status', status: 502, when: 'before' } }],
    ['4: too many requests', { fault: { kind: 'throttle' }, exitCode: 0 }],
    ['5: killed when the answer is there', { kill: 'recycle:after' }],
    ['5: the provider crashes when the answer is there', { kill: 'recycle:panic' }],
    ['5: the answer is dropped', { fault: { kind: 'drop' }, exitCode: 0 }],
    ['5: half an answer comes', { fault: { kind: 'reset' }, exitCode: 0 }],
    ['5: a page comes instead', { fault: { kind: 'html' }, exitCode: 0 }],
    ['5: a 502 comes instead', { fault: { kind: 'status', status: 502 }, exitCode: 0 }],
    ['5: the answer lacks the key', { fault: { kind: 'missing-field', field: 'new_key' }, exitCode: 0 }],
    ['6: killed before the new key is tried', { kill: 'plan.json:before' }],
    ['6: killed when the new key has been tried', { kill: 'plan.json:after' }],
    ['7: the state write is refused', { refusing: 'state' }],
  ])('%s', (_name, mishap) => endsWithOneRotation(mishap));

  itNeeds(...handingOver)('7: the state is written and the consumer refuses the key', () =>
    endsWithOneRotation({ refusing: 'vault' }),
  );

  async function endsWithOneRotation(mishap: Mishap): Promise<void> {
    await begin();
    expect(await suffer(mishap)).toBe(mishap.exitCode ?? 1);

    store.isReadOnly = false;
    bench.vault.isSealed = false;
    bench.local.clearFaults();
    terraform.forgetErroredState();
    expect(await terraform.apply()).toMatchObject({ exitCode: 0 });

    keys.add(bench.key());
    expect(bench.key()).not.toBe(FIRST_KEY);
    expect(rotations(mishap)).toBe(1);
    expect(keyInState()).toMatchObject({
      key_fingerprint: keyFingerprint('payments_1', new Secret(bench.key())),
      generation: 2,
      triggers: { incident: '1' },
      rotation_status: 'current',
    });
    if (handsOver) expect(bench.vault.secrets.get('payments') === bench.key()).toBe(true);
    expect(bench.local.accounts().map(({ username }) => username)).toEqual(['payments_1', 'payments_2']);
  }

  it('no key is seen in any output, log, state or crash report of all that', () => {
    const everything = terraform.seen() + store.text;
    expect(everything).toContain('panic: Error: on purpose, with Basic ');
    const written = [...keys].flatMap((key) => [key, btoa(`payments_1:${key}`), btoa(`owner:${key}`)]);
    expect(written.filter((text) => everything.includes(text)).length).toBe(0);
    expect(everything.length).toBeGreaterThan(100_000);
    expect(keys.size).toBeGreaterThan(10);
  });

  /** Plans and applies, and has it go wrong. Returns the exit code of what went wrong. */
  async function suffer({ killPlan, kill, fault, refusing }: Mishap): Promise<number> {
    const deadly = (at: string | undefined) => (at === undefined ? {} : { TEST_KILL: at });
    const plan = await terraform.plan('plan', deadly(killPlan));
    if (killPlan !== undefined) return plan.exitCode;
    expect(plan).toMatchObject({ exitCode: 2 });
    if (fault !== undefined) bench.inject({ ...fault, path: RECYCLE });
    store.isReadOnly = refusing === 'state';
    bench.vault.isSealed = refusing === 'vault';
    const applied = await terraform.applyPlan('plan', deadly(kill));
    expect(terraform.forgetErroredState()).toBe(refusing === 'state');
    return applied.exitCode;
  }

  /** Calls that had an effect, whatever anybody was told: made with a living key, and not stopped on their way. */
  function rotations({ fault }: Mishap): number {
    const stops = fault?.kind === 'throttle' || (fault !== undefined && 'when' in fault);
    return bench.local
      .requests()
      .filter(({ path, status }) => path === RECYCLE && status !== 401)
      .filter(({ faults = [] }) => !(stops && faults.length > 0)).length;
  }

  function keyInState(): unknown {
    const { resources } = JSON.parse(store.text) as State;
    return resources.find(({ type }) => type === 'browserstack_access_key')?.instances[0]?.attributes;
  }
});

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}
