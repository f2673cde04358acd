// The construct tree is the organization chart: an Organization holds Teams and ServiceAccounts, a Team holds
// ServiceAccounts, a ServiceAccount holds the KeyRotation of its key. A RotatingCredential is two accounts that take turns.

export { type AfterRotation, HookRunner } from './after-rotation';
export { BrowserstackConstruct } from './browserstack-construct';
export type { ScopeDefaults } from './defaults';
export { DeletionPolicy, type DeletionProps } from './deletion';
export { Duration } from './duration';
export { EphemeralAccessKey, type EphemeralAccessKeyProps } from './ephemeral-access-key';
export { EphemeralResource, type EphemeralResourceProps } from './ephemeral-resource';
export * as l1 from './generated';
export type { HandOverProps } from './hand-over';
export { ExternalRotation, KeyRotation, type KeyRotationProps } from './key-rotation';
export { Naming } from './naming';
export {
  AccountChanges,
  type IOrganization,
  Organization,
  type OrganizationAttributes,
  type OrganizationProps,
} from './organization';
export { RotatedKey, type RotatedKeyProps } from './rotated-key';
export { RotatingCredential, type RotatingCredentialProps } from './rotating-credential';
export { AdoptedKeyAge, RotationPolicy, type RotationWindow } from './rotation-policy';
export { type IServiceAccount, ServiceAccount, type ServiceAccountProps } from './service-account';
export {
  type FleetMember,
  ServiceAccountFleet,
  type ServiceAccountFleetProps,
} from './service-account-fleet';
export { type ITeam, Team, type TeamProps } from './team';
export { Product, User, type UserProps, UserRole } from './user';
export { Weekday } from './weekday';
