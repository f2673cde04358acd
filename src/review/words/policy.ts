import { type Finding, type FindingLevel, stops } from '../finding.ts';
import { count, joined, type Phrase, strong } from '../phrase.ts';

/** "2 rules stop this, 1 note": each rule counts once, however many objects it is about. */
export function policyInWords(findings: readonly Finding[]): Phrase {
  const open = findings.filter(({ waived }) => waived === undefined);
  const rules = (some: readonly Finding[]) => new Set(some.map(({ rule }) => rule)).size;
  const of = (level: FindingLevel) => rules(open.filter((finding) => finding.level === level));
  const stopping = rules(findings.filter(stops));
  const waived = rules(findings.filter((finding) => finding.waived !== undefined));
  const parts: readonly Phrase[] = [
    ...(stopping > 0 ? [strong([`${count(stopping, 'rule')} stop${stopping === 1 ? 's' : ''} this`])] : []),
    ...(of('warning') > 0 ? [[count(of('warning'), 'warning')]] : []),
    ...(of('note') > 0 ? [[count(of('note'), 'note')]] : []),
    ...(waived > 0 ? [[`${waived} waived`]] : []),
  ];
  return parts.length === 0 ? ['no finding'] : joined(parts, ', ');
}
