export {
  guardOrganization,
  knownOrganizationName,
  organizationName,
  seenOrganizationName,
} from './api.ts';
export { organizationData } from './data-source.ts';
export {
  disabledPeople,
  everybody,
  limitedToTeams,
  lookForPeopleAgain,
  type Person,
  people,
  peopleAgain,
  rememberPerson,
  rememberProducts,
  sameEmail,
} from './people.ts';
