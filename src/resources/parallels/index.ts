export { parallelsDataSource } from './data-source.ts';
