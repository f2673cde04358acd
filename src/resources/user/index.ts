export { userDataSource, usersDataSource } from './data-sources.ts';
export { user } from './resource.ts';
