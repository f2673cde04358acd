// What must be true before a version is released. All that is not is told at once.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Check {
  /** A sentence that is true when the check holds. */
  readonly says: string;
  readonly holds: boolean;
  /** What to do when it does not. */
  readonly mend: string;
}

/** Looks at the repository in `root`; changes nothing. */
export function checkList(root: string, version: string): readonly Check[] {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  return [
    {
      says: `${version} is a version, and not a pre-release`,
      holds: /^\d+\.\d+\.\d+$/u.test(version),
      mend: 'Registries sort by semantic version: set "version" in package.json and src/entry/version.ts.',
    },
    {
      says: `CHANGELOG.md tells what is new in ${version}, with its date`,
      holds: new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'mu').test(
        changelog,
      ),
      mend: `Move what stands under [Unreleased] into a section "## [${version}] - YYYY-MM-DD".`,
    },
    {
      says: 'nothing is unreleased',
      holds: unreleased(changelog) === '',
      mend: 'What stands under [Unreleased] in CHANGELOG.md is part of this version, or is not to be in the tree.',
    },
    {
      says: 'the tree is committed',
      holds: git('status', '--porcelain') === '',
      mend: 'Commit or put away what "git status" shows: a release is made of a commit.',
    },
    {
      says: `v${version} was not released before`,
      holds: git('tag', '--list', `v${version}`) === '',
      mend: 'A released version is never changed: choose the next one.',
    },
  ];
}

/** What the changelog holds between the heading of the unreleased and the next version. */
function unreleased(changelog: string): string {
  const [, after = ''] = changelog.split(/^## \[Unreleased\]$/mu);
  const [section = ''] = after.split(/^(?:## |\[Unreleased\]:)/mu);
  return section.trim();
}
