export { projectAccessesDataSource } from './data-source.ts';
