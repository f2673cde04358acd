import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { FaultRule } from '../../src/entry/emulator.ts';
import { keyFingerprint } from '../../src/resources/access-key/index.ts';
import { Secret } from '../../src/secret.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { Bench, buildMirror, OWNER_KEY } from './bench/bench.ts';
import type { Workbench } from './bench/workbench.ts';

// Real Terraform, several times per test, on machines that do other things too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const RECYCLE = '/automate/recycle_key.json';
const hcl = (incident: number) => `
resource "browserstack_access_key" "ci" {
  username = "payments_1"
  triggers = { incident = "${incident}" }
}
ephemeral "browserstack_access_key" "ci" {
  username             = browserstack_access_key.ci.username
  expected_fingerprint = browserstack_access_key.ci.key_fingerprint
}
resource "vault_secret" "ci" {
  name              = "payments"
  secret_wo         = ephemeral.browserstack_access_key.ci.access_key
  secret_wo_version = browserstack_access_key.ci.generation
}
`;

describeWithTerraform('the crash matrix: one intended rotation, and', () => {
  let mirror: string;
  let bench: Bench;
  let terraform: Workbench;
  let incident = 0;
  const keys = new Set<string>();

  beforeAll(async () => {
    mirror = await buildMirror();
    bench = await Bench.open(mirror);
    terraform = await bench.workspace(hcl(incident), { trace: true });
    expect((await terraform.apply()).exitCode).toBe(0);
  });
  afterAll(async () => {
    await bench.close();
    await rm(mirror, { recursive: true, force: true });
  });

  interface Mishap {
    readonly kill?: string;
    readonly fault?: FaultRule;
    readonly args?: readonly string[];
  }

  it.each<[string, Mishap]>([
    ['3: killed before it lists', { kill: 'service-accounts:before' }],
    ['3: killed when the list is there', { kill: 'service-accounts:after' }],
    ['4: killed before the call', { kill: 'recycle:before' }],
    ['5: killed when the answer is there', { kill: 'recycle:after' }],
    ['6: killed before the new key is tried', { kill: 'plan.json:before' }],
    ['6: killed when the new key has been tried', { kill: 'plan.json:after' }],
    ['7: the state write is refused', { args: ['-state-out=/dev/full'] }],
    ['4: the call never arrives', { fault: { kind: 'drop', when: 'before' } }],
    ['5: the answer is dropped', { fault: { kind: 'drop' } }],
    ['5: half an answer comes', { fault: { kind: 'reset' } }],
    ['5: a page comes instead', { fault: { kind: 'html' } }],
    ['5: a 502 comes instead', { fault: { kind: 'status', status: 502 } }],
    ['4: a 502 comes before the effect', { fault: { kind: 'status', status: 502, when: 'before' } }],
    ['5: the answer lacks the key', { fault: { kind: 'missing-field', field: 'new_key' } }],
    ['4: too many requests', { fault: { kind: 'throttle' } }],
  ])('%s', async (_name, { kill, fault, args = [] }) => {
    incident += 1;
    await terraform.write(hcl(incident));
    const before = bench.key();
    keys.add(before);
    bench.local.clearRequests();
    if (fault !== undefined) bench.inject({ ...fault, path: RECYCLE });
    await terraform.applyWith(kill === undefined ? {} : { TEST_KILL: kill }, ...args);
    terraform.forgetErroredState();
    const after = await terraform.apply();
    keys.add(bench.key());

    expect(after.exitCode).toBe(0);
    expect(bench.key()).not.toBe(before);
    // One new key, and no more: each rotation shows as another one.
    expect(keys.size).toBe(incident + 1);
    expect(effectiveRecycles()).toBe(1);
    const state = JSON.parse(terraform.stateText()) as State;
    const key = state.resources.find(({ type }) => type === 'browserstack_access_key')?.instances[0]
      ?.attributes;
    expect(key).toMatchObject({
      key_fingerprint: keyFingerprint('payments_1', new Secret(bench.key())),
      triggers: { incident: String(incident) },
      rotation_status: 'current',
    });
    expect(bench.vault('payments')).toBe(bench.key());
    expect(bench.local.accounts().map(({ username }) => username)).toEqual(['payments_1', 'payments_2']);
  });

  it('no key is seen in any output, log or crash report of all that', () => {
    const everything = terraform.seen() + terraform.stateText();
    expect([...keys, OWNER_KEY].filter((key) => everything.includes(key))).toEqual([]);
    expect(everything.length).toBeGreaterThan(100_000);
  });

  /** Calls that reached the account while their key was alive. */
  function effectiveRecycles(): number {
    const calls = bench.local.requests().filter(({ path }) => path === RECYCLE);
    const bent = calls.filter(({ faults = [] }) => faults.length > 0).length;
    return bent > 0 && calls.length > bent ? calls.length - bent : Math.max(calls.length, bent);
  }
});

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}
