// The registry: every noun, one line each.

import type { AnyProviderDefinition, ProviderDefinition } from '../lifecycle/provider-definition.ts';
import { accessKey, ephemeralAccessKey, rotateAccessKeyAction } from './access-key/index.ts';
import { automatePlanDataSource } from './automate-plan/index.ts';
import { configure, type Surroundings } from './configuration/configure.ts';
import { configurationSchema } from './configuration/schema.ts';
import { credentialPair } from './credential-pair/index.ts';
import { credentialJson, hubUrl, keyFingerprintFunction, rotationDueAt } from './functions/index.ts';
import { keyDelivery } from './key-delivery/index.ts';
import { organizationData } from './organization/index.ts';
import { parallelsDataSource } from './parallels/index.ts';
import { projectAccessesDataSource } from './project/index.ts';
import {
  serviceAccount,
  serviceAccountDataSource,
  serviceAccountList,
  serviceAccountsDataSource,
  unmanagedServiceAccountsDataSource,
} from './service-account/index.ts';
import type { Session } from './session.ts';
import { team, teamDataSource, teamList, teamsDataSource } from './team/index.ts';
import { user, userDataSource, usersDataSource } from './user/index.ts';

export type { Surroundings } from './configuration/configure.ts';
export type { Session } from './session.ts';

/** Source of the provider, as a configuration writes it. */
export const PROVIDER_SOURCE = 'browserstack-iac/browserstack';

/** The hosts that engines put in front of a source without one: Terraform's and OpenTofu's. */
export const REGISTRY_HOSTS = ['registry.terraform.io', 'registry.opentofu.org'] as const;

/** Address of the provider, as Terraform writes it. */
export const PROVIDER_ADDRESS = `${REGISTRY_HOSTS[0]}/${PROVIDER_SOURCE}`;

/** What can be managed, in order of dependency: the reconciler creates in this order and deletes in the opposite one. */
export const resources: AnyProviderDefinition<Session>['resources'] = [
  team,
  serviceAccount,
  accessKey,
  credentialPair,
  keyDelivery,
  user,
];

/** Everything this product manages. */
export function browserstackProvider(
  surroundings: Surroundings,
): ProviderDefinition<Session, typeof configurationSchema> {
  return {
    name: 'browserstack',
    version: surroundings.version,
    schema: configurationSchema,
    configure: configure(surroundings),
    resources,
    dataSources: [
      organizationData,
      teamDataSource,
      teamsDataSource,
      serviceAccountDataSource,
      serviceAccountsDataSource,
      unmanagedServiceAccountsDataSource,
      userDataSource,
      usersDataSource,
      projectAccessesDataSource,
      automatePlanDataSource,
      parallelsDataSource,
    ],
    ephemeralResources: [ephemeralAccessKey],
    functions: [hubUrl(surroundings.env), credentialJson, keyFingerprintFunction, rotationDueAt],
    actions: [rotateAccessKeyAction],
    listResources: [teamList, serviceAccountList],
  };
}
