// The keys that Terraform manages, as their states have them: dates, policies and fingerprints.

import { engineCommand } from '../engine-command.ts';
import { Problem, throwProblems } from '../errors.ts';
import type { StateResource } from '../reconcile/input/state.ts';
import {
  accessKey,
  type IdleKey,
  type KeyReport,
  type ManagedKey,
  managedKeyOf,
} from '../resources/access-key/index.ts';
import { credentialPair, managedPairOf } from '../resources/credential-pair/index.ts';

/**
 * All keys in these resources: those of `browserstack_access_key`, and both of each `browserstack_credential_pair`.
 * @throws Problem(s) `invalid_input` for each that is not as this version of the provider writes it.
 */
export function managedKeys(resources: readonly StateResource[]): readonly (ManagedKey | IdleKey)[] {
  const problems: Problem[] = [];
  const keys = resources.flatMap(({ type, address, values }): readonly (ManagedKey | IdleKey)[] => {
    const keep = <K>(read: { readonly key: K; readonly problems: readonly Problem[] }): K => {
      problems.push(...read.problems.map((problem) => strange(problem).at([address])));
      return read.key;
    };
    if (type === accessKey.type) return [keep(managedKeyOf(accessKey.schema, values))];
    if (type !== credentialPair.type) return [];
    const pair = keep(managedPairOf(values));
    return [
      { ...pair, pair: true },
      { username: pair.idle_username, key_fingerprint: pair.idle_key_fingerprint, idle: true },
    ];
  });
  throwProblems(problems);
  return keys;
}

/**
 * Nobody may conclude from silence that all is well.
 * @throws Problem `refused` when these credentials see none of the accounts whose keys the states manage.
 */
export function refuseWrongOrganization({ rows, unseen }: Pick<KeyReport, 'rows' | 'unseen'>): void {
  if (unseen.length === 0 || rows.some(({ managed }) => managed)) return;
  throw new Problem({
    code: 'refused',
    summary: 'These credentials see none of the accounts whose keys the state manages',
    detail: `It manages keys of ${unseen.slice(0, 5).join(', ')}${unseen.length > 5 ? ', …' : ''}. Use the credentials of their organization, or the state of this one.`,
    path: ['--state'],
  });
}

/** What is managed and not seen, in a sentence for people; empty when there is nothing such. */
export function unseenInWords({ unseen }: Pick<KeyReport, 'unseen'>): string {
  if (unseen.length === 0) return '';
  const some = unseen.slice(0, 5).join(', ');
  return `Not seen with these credentials (deleted, or of another organization or team): ${unseen.length} managed ${unseen.length === 1 ? 'key' : 'keys'} (${some}${unseen.length > 5 ? ', …' : ''}).`;
}

/** For a command that asks what is due and is told nothing to know it from. */
export function dueUnknown(option: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'Nothing says what is due',
    detail: `BrowserStack tells no dates. Give the state that manages the keys: --state terraform.tfstate, or ${engineCommand('state pull | browserstack-iac … --state -')}`,
    path: [option],
  });
}

function strange({ code, summary, detail, path, cause }: Problem): Problem {
  return new Problem({
    code,
    summary: `The state has a value that no provider of ours wrote (${summary})`,
    detail: `${detail} If another version of the provider wrote it, apply once with this one; if it was changed by hand, refresh it: ${engineCommand('apply -refresh-only')}.`,
    ...(path === undefined ? {} : { path }),
    cause,
  });
}
