// Each rule that looks at a plan, by its name. A rule without a check does not compile.

import type { RuleName } from '../../policy/rules/index.ts';
import type { Check } from './check.ts';
import * as endings from './endings.ts';
import * as keys from './keys.ts';
import * as ownership from './ownership.ts';
import { rotationWindow } from './rotation-window.ts';
import * as secrets from './secrets.ts';

/** These are found in the policy itself, see `findings.ts`. */
export type PolicyRuleName = 'policy-changed' | 'waiver-expired' | 'waiver-unused';

export const CHECKS: Readonly<Record<Exclude<RuleName, PolicyRuleName>, Check>> = {
  'plan-is-whole': secrets.planIsWhole,
  'key-not-in-state': secrets.keyNotInState,
  'no-secret-in-code': secrets.noSecretInCode,
  'base-url-allowed': secrets.baseUrlAllowed,
  'plan-time-code': secrets.planTimeCode,
  'delivery-command-changed': secrets.deliveryCommandChanged,
  'protection-on': endings.protectionOn,
  'replacement-needs-approval': endings.replacementNeedsApproval,
  'deletion-needs-approval': endings.deletionNeedsApproval,
  'max-replacements': endings.maxReplacements,
  'max-deletions': endings.maxDeletions,
  'unmanaged-left': endings.unmanagedLeft,
  'undocumented-call': endings.undocumentedCall,
  'guards-set': endings.guardsSet,
  'parallels-add-up': endings.parallelsAddUp,
  'delivery-before-replacement': keys.deliveryBeforeReplacement,
  'delivery-before-rotation': keys.deliveryBeforeRotation,
  'max-key-age': keys.maxKeyAge,
  'rotation-declared': keys.rotationDeclared,
  'overdue-and-waiting': keys.overdueAndWaiting,
  'adopted-age-declared': keys.adoptedAgeDeclared,
  'age-not-reset': keys.ageNotReset,
  'max-rotations': keys.maxRotations,
  'trigger-known': keys.triggerKnown,
  'rotation-window': rotationWindow,
  'held-back-or-no-op-rotation': keys.heldBackRotation,
  'rotate-on-destroy-delivers': keys.rotateOnDestroyDelivers,
  'external-rotation-reviewed': keys.externalRotationReviewed,
  'pair-for-critical': keys.pairForCritical,
  'both-slots-at-once': keys.bothSlotsAtOnce,
  'consumers-declared': ownership.consumersDeclared,
  'owner-declared': ownership.ownerDeclared,
  'team-required': ownership.teamRequired,
  'one-key-one-use': ownership.oneKeyOneUse,
  'identifier-pattern': ownership.identifierPattern,
  'person-admin': ownership.personAdmin,
  'person-uses-key': ownership.personUsesKey,
};
