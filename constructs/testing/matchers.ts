// Matchers for Vitest and Jest. Their names are none of cdktf's, so that both can be used in one file.

import type { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { Delivery } from '../delivery/delivery';
import type { Duration } from '../duration';
import type { RotatedKey } from '../rotation/rotated-key';
import { RequireRotation } from '../rules/about-keys';
import type { ServiceAccount } from '../service-account';
import { nounOf } from '../synthesis/enclosing';
import type { SynthesizedStack } from './synth';

/** What a test runner gives to a matcher. */
export interface MatcherContext {
  readonly isNot?: boolean;
}

/** What it takes from one. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** What the matchers are in a test: `expect(synth(stack)).toRotateWithin(Duration.days(90))`. */
export interface BrowserstackMatchers<R> {
  /** Is every key of an account that is managed here rotated before it gets older than this? */
  toRotateWithin(maxAge: Duration): R;
  /** Does no key stand in the state, nor in a target that keeps it there? */
  toKeepKeysOutOfState(): R;
  /** Is a credential delivered to this target, e.g. "vault: secret/browserstack/payments/ci"? */
  toDeliverTo(target: string): R;
  /** Is there a service account with this identifier? @param team Id of the team that it must stand in. */
  toManageServiceAccount(identifier: string, team?: string): R;
}

/** `expect.extend(matchers)`. Types: import 'browserstack-iac/testing/vitest' or '…/jest'. */
export const matchers = {
  toRotateWithin(this: MatcherContext, { stack }: SynthesizedStack, maxAge: Duration): MatcherResult {
    const rule = new RequireRotation(maxAge);
    const broken = constructsOf(stack).flatMap((one) => rule.problemsOf(one).map((text) => line(one, text)));
    return result(
      broken.length === 0,
      `every key of "${stack.node.id}" to be rotated within ${maxAge}`,
      broken,
    );
  },

  toKeepKeysOutOfState(this: MatcherContext, synthesized: SynthesizedStack): MatcherResult {
    const { stack } = synthesized;
    const kept = constructsOf(stack).flatMap((one) => [...exported(one), ...keptByTarget(one)]);
    const bindings = ['browserstack_access_key', 'browserstack_credential_pair'].flatMap((type) =>
      Object.entries(synthesized.resources(type))
        .filter(([, { export_access_key }]) => export_access_key !== undefined && export_access_key !== false)
        .map(([name]) => `  ${type}.${name}: export_access_key is set`),
    );
    const found = kept.length > 0 ? kept : bindings;
    return result(found.length === 0, `no key of "${stack.node.id}" to stand in the state`, found);
  },

  toDeliverTo(this: MatcherContext, { stack }: SynthesizedStack, target: string): MatcherResult {
    const deliveries = constructsOf(stack).filter(Delivery.isDelivery);
    const all = deliveries.map((one) => line(one, one.target));
    const pass = deliveries.some((one) => one.target === target);
    return result(pass, `"${stack.node.id}" to deliver to "${target}"`, pass ? [] : all);
  },

  toManageServiceAccount(
    this: MatcherContext,
    { stack }: SynthesizedStack,
    identifier: string,
    team?: string,
  ): MatcherResult {
    const accounts = constructsOf(stack).filter(isManagedAccount);
    const place = (one: ServiceAccount) => one.team?.node.id;
    const all = accounts.map((one) =>
      line(one, `"${one.identifier}"${place(one) ? ` of ${place(one)}` : ''}`),
    );
    const pass = accounts.some(
      (one) => one.identifier === identifier && (team === undefined || place(one) === team),
    );
    const where = team === undefined ? '' : ` in the team "${team}"`;
    return result(
      pass,
      `"${stack.node.id}" to manage the service account "${identifier}"${where}`,
      pass ? [] : all,
    );
  },
};

function constructsOf(stack: TerraformStack): readonly IConstruct[] {
  return stack.node.findAll();
}

function isManagedAccount(construct: IConstruct): construct is ServiceAccount {
  return nounOf(construct) === 'ServiceAccount' && 'identifier' in construct;
}

function exported(construct: IConstruct): readonly string[] {
  const rotates = ['KeyRotation', 'RotatingCredential'].includes(nounOf(construct) ?? '');
  // The marks say what it is.
  return rotates && (construct as RotatedKey).exportsAccessKey
    ? [line(construct, 'exportAccessKey is true')]
    : [];
}

function keptByTarget(construct: IConstruct): readonly string[] {
  if (!Delivery.isDelivery(construct) || !construct.keepsKeyInState) return [];
  return [line(construct, `${construct.target} holds the key in the state`)];
}

function line({ node }: IConstruct, text: string): string {
  return `  ${node.path}: ${text}`;
}

/** @param found What there is instead, one line each. */
function result(pass: boolean, expected: string, found: readonly string[]): MatcherResult {
  const instead = found.length === 0 ? '  nothing of the kind' : found.join('\n');
  return {
    pass,
    message: () => (pass ? `expected not: ${expected}` : `expected ${expected}; there is\n${instead}`),
  };
}
