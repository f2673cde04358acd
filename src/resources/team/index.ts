export { type Team, teams } from './api.ts';
export { teamDataSource, teamsDataSource } from './data-sources.ts';
export { teamList } from './list-resource.ts';
export { team } from './resource.ts';
