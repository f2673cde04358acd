export { type ServiceAccount, serviceAccounts } from './api.ts';
export {
  serviceAccountDataSource,
  serviceAccountsDataSource,
  unmanagedServiceAccountsDataSource,
} from './data-sources.ts';
export { serviceAccountList } from './list-resource.ts';
export { findByName, findByUsername } from './lookup.ts';
export { namesAmong } from './names.ts';
export { ownKey, rememberRotation } from './own-rotations.ts';
export { serviceAccount } from './resource.ts';
