// What Atlantis's policy gate reads. It looks at the text and not at the exit code: older versions take any "fail" in it
// for a refusal, newer ones a number of failures or a FAIL at the beginning. So a pass holds no name at all (an account
// may be called failover-ci), and a refusal has one line for each finding, the same in each run (sticky approvals).

import { rules } from '../../policy/rules/index.ts';
import { type Finding, stops } from '../finding.ts';
import { count, type Phrase } from '../phrase.ts';
import type { Review } from '../review.ts';
import { headline } from '../words/headline.ts';
import { plain } from './text.ts';

/** `needsPerson` is whether the review ends with anything but 0. */
export function reviewAsAtlantis(review: Review, findings: readonly Finding[], needsPerson: boolean): string {
  const stopping = findings.filter(stops);
  const waived = findings.filter((finding) => finding.waived !== undefined && finding.level === 'error');
  const warnings = findings.filter(({ level, waived: by }) => level === 'warning' && by === undefined);
  if (!needsPerson)
    return `PASS - verdict ${review.verdict}: ${count(warnings.length, 'warning')}, nothing stops this plan\n`;
  const refused = review.verdict === 'refused' || review.verdict === 'danger' || stopping.length === 0;
  const lines = [
    ...(refused ? [`FAIL - verdict ${review.verdict}: ${plain(headline(review))}`] : []),
    ...stopping.map((finding) => `FAIL - ${line(finding)}`),
    ...warnings.map((finding) => `WARN - ${line(finding)}`),
    ...waived.map((finding) => `EXCP - ${line(finding)}`),
  ];
  const failures = lines.filter((one) => one.startsWith('FAIL')).length;
  const tests = rules.length + 1;
  const passed = Math.max(0, tests - failures - warnings.length - waived.length);
  const total = `${tests} tests, ${passed} passed, ${warnings.length} warnings, ${failures} failures, ${waived.length} exceptions`;
  return `${[...lines, '', total].join('\n')}\n`;
}

function line({ rule, identifier, address, message }: Finding): string {
  const name = identifier ?? address;
  const subject: Phrase = name === undefined ? [] : [' ', { name }];
  return plain([rule, ...subject, ': ', ...message]);
}
