export { credentialPair } from './resource.ts';
