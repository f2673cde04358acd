import type { Rule } from '../rule.ts';

/** About the policy itself. */
export const policyRules = [
  {
    name: 'policy-changed',
    level: 'warning',
    summary: 'This change also changes the policy or a waiver.',
    why: 'Otherwise a change could allow itself. It is reviewed by the policy of the base branch.',
    fix: 'Change the policy in a pull request of its own.',
    controls: [],
  },
  {
    name: 'waiver-expired',
    level: 'error',
    summary: 'A waiver has expired.',
    why: 'What it allowed was allowed until a date.',
    fix: 'Mend what it was for, or have its owner renew it; take it away if it is not needed.',
    controls: [],
  },
  {
    name: 'waiver-unused',
    level: 'note',
    summary: 'A waiver matches nothing that this plan changes.',
    why: 'It may be left over.',
    fix: 'Take it away if it is not needed any more.',
    controls: [],
  },
] as const satisfies readonly Rule[];
