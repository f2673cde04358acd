// Why a declared object is not planned: each with what to do.

import { Problem } from '../../../errors.ts';
import type { Owned } from '../../inventory/owned.ts';
import type { Difference } from '../differences.ts';

export function unidentified(): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'Its name is known only after an apply',
    detail:
      'An object that is not recorded yet is recognized by its name, so the name must be a literal or refer to one.',
  });
}

export function notOwned(): Problem {
  return new Problem({
    code: 'refused',
    summary: 'It exists already, differs from what is declared, and is not owned by this stack',
    detail:
      'What a stack does not own is never changed: somebody else may manage it. To take it over, plan with --adopt (or an import block), and look at what then changes.',
  });
}

/** What it was is gone, and another one of its name is there. */
export function remade({ entry }: Owned, warnings: readonly string[]): Problem {
  return new Problem({
    code: 'refused',
    summary: 'It was deleted and made again elsewhere',
    detail: `${warnings.join(' ') || `"${entry.name}" is another object now than the one that this stack owned.`} To take it over as it is, plan with --adopt.`,
  });
}

export function preventedFromReplacing(changed: readonly Difference[]): Problem {
  return new Problem({
    code: 'refused',
    summary: 'It has lifecycle.prevent_destroy, and this plan would replace it',
    detail: `Changed: ${changed.map(({ attribute }) => attribute).join(', ')}. Undo the change, or remove prevent_destroy.`,
  });
}

export function linksToNothing(attribute: string, label: string, name: string): Problem {
  return new Problem({
    code: 'not_found',
    summary: `There is no ${label} "${name}"`,
    detail: `It is neither declared in this stack nor visible to these credentials. Declare it, or correct ${attribute}.`,
    path: [attribute],
  });
}

export function declaredTwice(first: string, second: string, name: string): Problem {
  return new Problem({
    code: 'conflict',
    summary: `${first} and ${second} are the same object`,
    detail: `Both are named "${name}", which is unique. Remove one, or give it another name.`,
    path: [second],
  });
}
