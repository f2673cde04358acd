import type { Operation } from '../http/operation.ts';
import { auditOperations } from './audit.ts';
import { automateOperations } from './automate.ts';
import { keyOperations } from './keys.ts';
import { planOperations } from './plan.ts';
import { projectOperations } from './projects.ts';
import { reportOperations } from './reports.ts';
import { serviceAccountOperations } from './service-accounts.ts';
import { teamOperations } from './teams.ts';
import { userOperations } from './users.ts';

/** Every call the local BrowserStack knows. */
export const operations: readonly Operation[] = [
  ...serviceAccountOperations,
  ...teamOperations,
  ...keyOperations,
  ...planOperations,
  ...userOperations,
  ...auditOperations,
  ...projectOperations,
  ...automateOperations,
  ...reportOperations,
];
