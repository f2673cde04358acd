export { automatePlan } from './api.ts';
export { automatePlanDataSource } from './data-source.ts';
