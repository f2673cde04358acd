// The construct tree is the organization chart: an Organization holds Teams and ServiceAccounts, a Team holds
// ServiceAccounts, a ServiceAccount holds the KeyRotation of its key. A RotatingCredential is two accounts that take turns.

export { type AfterRotation, HookRunner } from './after-rotation';
export { BrowserstackConstruct } from './browserstack-construct';
export { DeletionPolicy, type DeletionProps } from './deletion';
export { EphemeralAccessKey, type EphemeralAccessKeyProps } from './ephemeral-access-key';
export { EphemeralResource, type EphemeralResourceProps } from './ephemeral-resource';
export * as l1 from './generated';
export type { HandOverProps } from './hand-over';
export { ExternalRotation, KeyRotation, type KeyRotationProps } from './key-rotation';
export {
  AccountChanges,
  type IOrganization,
  Organization,
  type OrganizationAttributes,
  type OrganizationProps,
} from './organization';
export { RotatingCredential, type RotatingCredentialProps } from './rotating-credential';
export type { RotationPolicy, RotationWindow } from './rotation-policy';
export { type IServiceAccount, ServiceAccount, type ServiceAccountProps } from './service-account';
export { type ITeam, Team, type TeamProps } from './team';
