// The two reports that a merge request of GitLab shows: how much a plan changes, and what the policy finds.

import type { Finding } from '../finding.ts';
import type { Review } from '../review.ts';
import { jsonLine } from './json.ts';
import { type PlaceOptions, placeOf } from './places.ts';
import { plain } from './text.ts';

/** `artifacts:reports:terraform`: all providers together, as the widget counts them. */
export function reviewAsTerraformReport({ actions }: Review): string {
  return jsonLine(actions);
}

const SEVERITIES = { error: 'critical', warning: 'minor', note: 'info' } as const;

/** `artifacts:reports:codequality`. It knows no exceptions, so what is waived is not in it. */
export function reviewAsCodeQuality(
  { diagnostics }: Review,
  findings: readonly Finding[],
  options: PlaceOptions,
): string {
  const open = findings.filter(({ waived }) => waived === undefined);
  return jsonLine(
    open.map((finding) => {
      const { rule, level, identifier, address, message, fix, fingerprint } = finding;
      const { file, line } = placeOf(finding, diagnostics, options);
      const name = identifier ?? address;
      const subject = name === undefined ? '' : `${plain([{ name }])}: `;
      return {
        description: `${subject}${plain(message)}. ${plain(fix)}`,
        check_name: rule,
        fingerprint,
        severity: SEVERITIES[level],
        location: { path: file, lines: { begin: line } },
      };
    }),
  );
}
