export { type ServiceAccount, serviceAccounts } from './api.ts';
export {
  serviceAccountDataSource,
  serviceAccountsDataSource,
  unmanagedServiceAccountsDataSource,
} from './data-sources.ts';
export { serviceAccountList } from './list-resource.ts';
export { findByIdOrIdentifier } from './lookup.ts';
export { serviceAccount } from './resource.ts';
