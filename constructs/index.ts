// The construct tree is the organization chart: an Organization holds Teams and ServiceAccounts, a Team holds
// ServiceAccounts, a ServiceAccount holds the KeyRotation of its key. A RotatingCredential is two accounts that take turns.

import './needs-cdktf';

export { BrowserstackConstruct } from './browserstack-construct';
export { BrowserstackFunctions } from './browserstack-functions';
export type { ScopeDefaults } from './defaults';
export { DeletionPolicy, type DeletionProps } from './deletion';
export { type AfterRotation, HookRunner } from './delivery/after-rotation';
export { Delivery, type DeliveryProps } from './delivery/delivery';
export { EphemeralAccessKey, type EphemeralAccessKeyProps } from './delivery/ephemeral-access-key';
export { EphemeralResource, type EphemeralResourceProps } from './delivery/ephemeral-resource';
export type { HandOverProps } from './delivery/hand-over';
export { Duration } from './duration';
export * as l1 from './generated';
export { Naming } from './naming';
export {
  AccountChanges,
  type IOrganization,
  Organization,
  type OrganizationAttributes,
  type OrganizationProps,
} from './organization';
export { ExternalRotation, KeyRotation, type KeyRotationProps } from './rotation/key-rotation';
export { RotatedKey, type RotatedKeyProps } from './rotation/rotated-key';
export { RotatingCredential, type RotatingCredentialProps } from './rotation/rotating-credential';
export { AdoptedKeyAge, RotationPolicy, type RotationWindow } from './rotation/rotation-policy';
export { Weekday } from './rotation/weekday';
export {
  NamePattern,
  ProtectDeletion,
  RequireConsumers,
  RequireOwner,
  RequireTeam,
} from './rules/about-accounts';
export { ForbidKeyInState, RequireDelivery, RequireRotation } from './rules/about-keys';
export { Rule, type RuleProps, Rules } from './rules/rule';
export { type IServiceAccount, ServiceAccount, type ServiceAccountProps } from './service-account';
export {
  type FleetMember,
  ServiceAccountFleet,
  type ServiceAccountFleetProps,
} from './service-account-fleet';
export { SecretSink } from './sinks';
export { CommandSink, type CommandSinkProps } from './sinks/command';
export { KubernetesSecrets, type KubernetesSecretsProps } from './sinks/kubernetes';
export {
  type CiVariablesProps,
  GithubActionsSecrets,
  GitlabVariables,
  JenkinsCredentials,
  type JenkinsCredentialsProps,
} from './sinks/pipelines';
export { ResourceSink, type ResourceSinkProps } from './sinks/resource';
export type { DeliveredCredential, ISecretSink, SecretStoreProps, SinkBinding } from './sinks/secret-sink';
export {
  AwsSecretsManager,
  AwsSsm,
  type AwsSsmProps,
  type AwsStoreProps,
  AzureKeyVault,
  type AzureKeyVaultProps,
  GoogleSecretManager,
  type GoogleSecretManagerProps,
  VaultKv2,
  type VaultKv2Props,
} from './sinks/stores';
export { PluginMirror } from './synthesis/plugin-mirror';
export { type ITeam, Team, type TeamProps } from './team';
export { Product, User, type UserProps, UserRole } from './user';
