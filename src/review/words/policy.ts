import { type Finding, type FindingLevel, stops } from '../finding.ts';
import { count, joined, type Phrase, strong } from '../phrase.ts';

/** "2 findings stop this, 1 note". */
export function policyInWords(findings: readonly Finding[]): Phrase {
  const open = findings.filter(({ waived }) => waived === undefined);
  const of = (level: FindingLevel) => open.filter((finding) => finding.level === level).length;
  const stopping = findings.filter(stops).length;
  const waived = findings.length - open.length;
  const parts: readonly Phrase[] = [
    ...(stopping > 0
      ? [strong([`${count(stopping, 'finding')} stop${stopping === 1 ? 's' : ''} this`])]
      : []),
    ...(of('warning') > 0 ? [[count(of('warning'), 'warning')]] : []),
    ...(of('note') > 0 ? [[count(of('note'), 'note')]] : []),
    ...(waived > 0 ? [[`${waived} waived`]] : []),
  ];
  return parts.length === 0 ? ['no finding'] : joined(parts, ', ');
}
