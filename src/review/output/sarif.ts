// SARIF 2.1.0, as GitHub's code scanning and other tools take it. Waived findings are suppressed, not gone.

import type { Log, ReportingDescriptor, Result } from 'sarif';
import { rules } from '../../policy/rules/index.ts';
import type { Finding } from '../finding.ts';
import type { Review } from '../review.ts';
import { visible } from '../visible.ts';
import { type PlaceOptions, placeOf } from './places.ts';
import { plain } from './text.ts';
import { uriOf } from './uri.ts';

export interface SarifOptions extends PlaceOptions {
  readonly tool: { readonly name: string; readonly version: string };
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** What code scanning sorts by: high, medium, low. */
const SEVERITIES = { error: '8.0', warning: '5.0', note: '2.0' } as const;
/** GitHub refuses more results in one run (docs.github.com, "SARIF results exceed one or more limits"). */
const MOST = 25_000;

export function reviewAsSarif(review: Review, findings: readonly Finding[], options: SarifOptions): string {
  const { tool } = options;
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        results: findings.slice(0, MOST).map((finding) => resultOf(finding, review, options)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({
  name,
  level,
  summary,
  why,
  fix,
  controls,
}: (typeof rules)[number]): ReportingDescriptor {
  return {
    id: name,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: `${why} ${fix}` },
    defaultConfiguration: { level },
    properties: { 'security-severity': SEVERITIES[level], tags: ['security', ...controls] },
  };
}

function resultOf(finding: Finding, { diagnostics }: Review, options: SarifOptions): Result {
  const { rule, level, address, message, fix, fingerprint, waived } = finding;
  const { file, line } = placeOf(finding, diagnostics, options);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ name }) => name === rule),
    level,
    message: { text: `${subject(finding)}${plain(message)}. ${plain(fix)}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } },
        ...(address === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: visible(address) }] }),
      },
    ],
    partialFingerprints: { 'review/v1': fingerprint },
    ...(waived === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: visible(
                `${waived.owner}: ${waived.reason} (${waived.ticket}), until ${waived.until}`,
              ),
            },
          ],
        }),
  };
}

function subject({ identifier, address }: Finding): string {
  const name = identifier ?? address;
  return name === undefined ? '' : `${plain([{ name }])}: `;
}
