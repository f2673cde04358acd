export type { Life } from './api.ts';
export { takeOver } from './create.ts';
export {
  mayBeRotated,
  refuseSelfLockout,
  rotatedByRequest,
  rotatedElsewhere,
  tainted,
} from './diagnostics.ts';
export { ephemeralAccessKey } from './ephemeral.ts';
export { keyFingerprint, keyVersion, withKeyVersion } from './fingerprint.ts';
export { managedKeyOf } from './managed.ts';
export { countRotation } from './planning/cap.ts';
export { heldTwice, renamed, useKey } from './planning/holders.ts';
export { plannedStatus } from './planning/planned.ts';
export { type Farewell, type Predecessor, Succession, stillRequested } from './planning/succession.ts';
export { isBelieved } from './read.ts';
export { type IdleKey, type KeyReport, type KeyReportRow, keyReport, type ManagedKey } from './report.ts';
export { accessKey, UNDECIDED } from './resource.ts';
export { type ListedKey, listKey, lookAt } from './rotation/key-lookup.ts';
export { type Rotation, type RotationOptions, rotateKey } from './rotation/rotate.ts';
export {
  type RotatedNow,
  type RotationTarget,
  rotateAccessKeyAction,
  rotateNow,
  rotationTarget,
  unfinishedRotation,
} from './rotation/rotate-now.ts';
export { workingKey } from './rotation/working-key.ts';
export { clocksDisagree, earlierTime, timeFor } from './schedule/clocks.ts';
export { type Decision, decideRotation, type Wish } from './schedule/decision.ts';
export { dueAt } from './schedule/due.ts';
export { keptRotation, plannedReason } from './schedule/not-rotated.ts';
export { isMoment, type PolicyValues, validatePolicy } from './schedule/policy.ts';
export {
  nameAttributes,
  policyAttributes,
  rotationAttributes,
} from './schedule/policy-schema.ts';
export {
  adoptedDates,
  changedDates,
  type Dates,
  dueDate,
  isOverdue,
  type RotationState,
  rotatedDates,
  statusAt,
} from './schedule/status.ts';
