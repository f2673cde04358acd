export { type Life, lifeOf } from './api.ts';
export { countRotation } from './cap.ts';
export { clocksDisagree, earlierTime, timeFor } from './clocks.ts';
export { type Decision, decideRotation, type Wish } from './decision.ts';
export { dueAt } from './due.ts';
export { ephemeralAccessKey } from './ephemeral.ts';
export { keyFingerprint, keyVersion, withKeyVersion } from './fingerprint.ts';
export {
  mayBeRotated,
  refuseSelfLockout,
  rotatedByRequest,
  rotatedElsewhere,
  tainted,
} from './guards.ts';
export { heldTwice, renamed, useKey } from './holders.ts';
export { keptRotation, plannedReason } from './kept.ts';
export { managedKeyOf } from './managed.ts';
export { namesOf, plannedStatus } from './planned.ts';
export { isMoment, type PolicyValues, scheduleOf, validatePolicy } from './policy.ts';
export { nameAttributes, onExternalRotation, policyAttributes, rotationAttributes } from './policy-schema.ts';
export { isBelieved } from './read.ts';
export { type IdleKey, type KeyReport, type KeyReportRow, keyReport, type ManagedKey } from './report.ts';
export { accessKey, UNDECIDED } from './resource.ts';
export { type Rotation, type RotationOptions, rotateKey } from './rotate.ts';
export {
  type RotatedNow,
  type RotationTarget,
  rotateAccessKeyAction,
  rotateNow,
  rotationTarget,
  unfinishedRotation,
} from './rotate-now.ts';
export { type ListedKey, listKey, lookAt } from './sight.ts';
export {
  adoptedDates,
  changedDates,
  type Dates,
  dueDate,
  isOverdue,
  type RotationState,
  rotatedDates,
  standingAt,
} from './standing.ts';
export { type Farewell, type Predecessor, Succession, stillRequested } from './succession.ts';
export { workingKey } from './working-key.ts';
