export { keyDelivery } from './resource.ts';
