import { numberFor, textFor } from '../../policy/policy.ts';
import type { RuleName } from '../../policy/rules/index.ts';
import type { Change } from '../change.ts';
import { count, say } from '../phrase.ts';
import { instead } from '../words/instead.ts';
import { isAccount, isTeam } from '../words/nouns.ts';
import { at, type Check, type Context, type Hit, hasRemark } from './check.ts';

function ending({ review }: Context, kind: 'replace' | 'delete'): readonly Change[] {
  return review.changes.filter(
    (change) =>
      change.kind === kind && (isAccount(change) || isTeam(change)) && !hasRemark(change, 'former_lives_on'),
  );
}

export const protectionOn: Check = (context) => {
  const { document, review } = context;
  const switchedOff = review.changes
    .filter((change) => hasRemark(change, 'protection_off'))
    .map((change): Hit => ({ ...at(change), message: ['the protection is switched off'] }));
  const off = document.changes.flatMap((row): readonly Hit[] => {
    if (row.type !== 'browserstack_team' && row.type !== 'browserstack_service_account') return [];
    const { before, after, action, address } = row;
    if (before?.deletion_protection !== false) return [];
    const identifier = 'name' in before ? before.name : before.identifier;
    const where = { address, ...(identifier === null ? {} : { identifier }) };
    const ends = action === 'delete' || action === 'replace';
    if (ends) return [{ ...where, message: ['the protection is off already'], level: 'note' }];
    const changes = action === 'update' && after?.deletion_protection === false;
    return changes
      ? [{ ...where, message: ['the protection is still off, and nothing in this plan needs that'] }]
      : [];
  });
  return [...switchedOff, ...off];
};

function needsApproval(kind: 'replace' | 'delete', rule: RuleName): Check {
  return (context) => {
    const label = textFor(context.policy, rule, 'label');
    const approved = context.labels.includes(label) ? { approved: label } : {};
    const hasWay = instead(context.review).some(({ label: of }) => of === 'Instead');
    return ending(context, kind).map((change): Hit => {
      const word = kind === 'replace' ? 'is replaced' : 'is deleted';
      return {
        ...at(change),
        ...approved,
        message: [word],
        fix: [
          ...(hasWay ? ['take the way that the review names, or '] : []),
          ...say`have an owner set the label ${label}.`,
        ],
      };
    });
  };
}

export const replacementNeedsApproval = needsApproval('replace', 'replacement-needs-approval');
export const deletionNeedsApproval = needsApproval('delete', 'deletion-needs-approval');

function atMost(kind: 'replace' | 'delete', rule: RuleName, done: string): Check {
  return (context) => {
    const found = ending(context, kind).filter((change) => isAccount(change) || kind === 'delete');
    const max = numberFor(context.policy, rule, 'max');
    if (found.length <= max) return [];
    return [
      {
        message: [
          `${count(found.length, 'object')} ${found.length === 1 ? 'is' : 'are'} ${done}, ${max} may be`,
        ],
      },
    ];
  };
}

export const maxReplacements = atMost('replace', 'max-replacements', 'replaced');
export const maxDeletions = atMost('delete', 'max-deletions', 'deleted');

/** Of a plan that was refused nobody knows the rest: the object may stand at another address there. */
export const unmanagedLeft: Check = ({ review }) =>
  (review.plan.errored ? [] : review.changes)
    .filter(({ kind, cause }) => (kind === 'forget' || kind === 'abandon') && cause.code !== 'cascade')
    .map((change) => ({ ...at(change), message: ['it lives on, and nobody manages it'] }));

export const undocumentedCall: Check = ({ document, review }) => [
  ...document.configuration.providers
    .filter(({ accountChanges }) => accountChanges === 'in_place')
    .map(({ key }) => ({ address: `provider.${key}`, message: ['accounts are changed in place'] })),
  ...review.changes
    .filter((change) => hasRemark(change, 'renamed_in_place', 'moved_in_place'))
    .map((change) => ({ ...at(change), message: ['it is changed in place'] })),
];

/** Only where the plan says what the provider block is, and where something would be guarded. */
export const guardsSet: Check = ({ document, review }) => {
  if (!review.changes.some(({ level }) => level === 'look' || level === 'danger')) return [];
  return document.configuration.providers.flatMap(({ key, given }) => {
    const missing = ['organization', 'max_rotations_per_apply'].filter((name) => !given.has(name));
    return missing.length === 0
      ? []
      : [
          {
            address: `provider.${key}`,
            message: [`it has no ${missing.join(' and no ')}`],
            fix: [`set ${missing.length === 1 ? 'it' : 'both'} in the provider block.`],
          },
        ];
  });
};

export const parallelsAddUp: Check = ({ document }) => {
  if (document.automateTotal === undefined) return [];
  const teams = new Map(
    [...document.prior, ...document.planned].flatMap((object) =>
      object.type === 'browserstack_team' ? [[object.address, object.values.parallels] as const] : [],
    ),
  );
  const given = [...teams.values()].reduce((sum, parallels) => sum + parallels, 0);
  if (given <= document.automateTotal) return [];
  return [
    {
      message: [`teams have ${given} parallels of their own, the organization has ${document.automateTotal}`],
    },
  ];
};
