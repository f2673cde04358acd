export { guardOrganization, organizationName } from './api.ts';
export { organizationData } from './data-source.ts';
export {
  caller,
  forgetPeople,
  limitedToTeams,
  type Person,
  people,
  peopleAgain,
} from './people.ts';
