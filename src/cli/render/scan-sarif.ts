// Found keys as code scanning takes them. Only files have a place there: what only the past has is told at its file.

import { createHash } from 'node:crypto';
import type { Log } from 'sarif';
import { uriOf } from '../../review/output/uri.ts';
import { visible } from '../../visible.ts';
import { placeOf, type ScanResult } from './scan.ts';

const RULE = 'access-key-in-repository';
/** GitHub refuses more results in one run (docs.github.com, "SARIF results exceed one or more limits"). */
const MOST = 25_000;

export function scanAsSarif({ found }: ScanResult, version: string): string {
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'browserstack-iac',
            version,
            rules: [
              {
                id: RULE,
                shortDescription: { text: 'The key of a BrowserStack account is in the repository.' },
                help: {
                  text: 'Rotate it: whoever has a clone has the key, also when it is removed from the file.',
                },
                defaultConfiguration: { level: 'error' },
                properties: { 'security-severity': '9.0', tags: ['security'] },
              },
            ],
          },
        },
        results: found.slice(0, MOST).map((one) => {
          const { key, file = '.', commit, line } = one;
          const name = JSON.stringify(key.identifier ?? key.username);
          const inPast = commit === undefined ? '' : ` (${placeOf(one)})`;
          const at = [key.fingerprint, file, commit ?? ''].join('\0');
          return {
            ruleId: RULE,
            ruleIndex: 0,
            level: 'error',
            message: { text: visible(`The access key of ${name}${inPast}. Rotate it.`) },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: uriOf(file) },
                  region: { startLine: line },
                },
              },
            ],
            partialFingerprints: { 'scan/v1': createHash('sha256').update(at).digest('hex') },
          };
        }),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
