export { type ManagedPair, managedPairOf } from './managed.ts';
export { credentialPair } from './resource.ts';
