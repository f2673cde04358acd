import type { NounDetails } from '../reconcile/noun.ts';

/** Asked to delete what nobody declared, nothing protects it; how many may go is the safety limits' business. */
const UNDECLARED = { deletion_protection: false, deletion_policy: 'delete' };

/** What can be reconciled without a state, in the order of creation. */
export const nounDetails: readonly NounDetails[] = [
  {
    type: 'browserstack_team',
    label: 'team',
    local: UNDECLARED,
  },
  {
    type: 'browserstack_service_account',
    label: 'service account',
    local: { ...UNDECLARED, consumers: null },
    links: { team: { type: 'browserstack_team', attribute: 'name' } },
  },
];
