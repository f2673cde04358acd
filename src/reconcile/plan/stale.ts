// Whether a plan that was reviewed is still the plan of now, and what differs.

import { Problem, problemsOf } from '../../errors.ts';
import { fingerprintOf, isChange, type Plan, titleOf } from './plan.ts';

/** Compares the actions themselves: the fingerprint that stands in a file may be anybody's. */
export function isSamePlan(now: Plan, reviewed: Plan): boolean {
  return [reviewed.fingerprint, fingerprintOf(reviewed.actions)].every((one) => one === now.fingerprint);
}

/** Names everything that is not as it was reviewed. */
export function stale(reviewed: Plan, now: Plan): Problem {
  const [before, after] = [changesIn(reviewed), changesIn(now)];
  const differs = [...after].filter(([title, text]) => (before.get(title) ?? text) !== text);
  const parts = [
    [
      'not to be done any more (done already, or gone)',
      [...before.keys()].filter((title) => !after.has(title)),
    ],
    ['to be done now and not reviewed', [...after.keys()].filter((title) => !before.has(title))],
    ['different from what was reviewed', differs.map(([title]) => title)],
  ] as const;
  const told = parts
    .filter(([, titles]) => titles.length > 0)
    .map(([what, titles]) => `${what}: ${listed(titles)}`);
  return new Problem({
    code: 'stale',
    summary: 'The plan that was reviewed is not the plan of now',
    detail: `Nothing was changed. ${told.length === 0 ? 'The order of its actions was changed' : capitalized(told.join('; '))}. Plan again and review that.`,
  });
}

/** A plan that cannot be made any more because of what happened meanwhile; any other reason tells itself. */
export function asStale(thrown: unknown): unknown {
  const problems = problemsOf(thrown);
  const [first] = problems;
  if (first === undefined || !['conflict', 'not_found', 'refused', 'invalid_input'].includes(first.code))
    return thrown;
  return new Problem({
    code: 'stale',
    summary: 'The plan can no longer be made',
    detail: `Nothing was changed. ${problems.map(({ message }) => message).join(' ')}`,
    cause: thrown,
  });
}

function changesIn({ actions }: Plan): ReadonlyMap<string, string> {
  return new Map(
    actions
      .filter(isChange)
      .map((action) => [`${titleOf(action)} (${action.kind})`, fingerprintOf([action])]),
  );
}

function listed(titles: readonly string[]): string {
  const more = titles.length > 10 ? `, and ${titles.length - 10} more` : '';
  return `${titles.slice(0, 10).join(', ')}${more}`;
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
