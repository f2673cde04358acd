// JUnit's XML, which every CI system shows: a suite for each rule, a case for each object; and one suite for the plan.

import { XMLBuilder } from 'fast-xml-parser';
import type { Finding } from '../finding.ts';
import { grouped } from '../grouping.ts';
import type { Review } from '../review.ts';
import { visible } from '../visible.ts';
import { headline } from '../words/headline.ts';
import { plain } from './text.ts';

interface Case {
  readonly name: string;
  readonly failure?: string;
  readonly skipped?: string;
  readonly output?: string;
}

export function reviewAsJunit(review: Review, findings: readonly Finding[]): string {
  const suites = [
    { name: 'plan', cases: [planCase(review)] },
    ...[...grouped(findings, ({ rule }) => rule)].map(([name, found]) => ({
      name,
      cases: found.map(caseOf),
    })),
  ];
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressEmptyNode: true,
  });
  const body = builder.build({
    testsuites: {
      '@name': 'browserstack-iac review',
      ...totals(suites.flatMap(({ cases }) => cases)),
      testsuite: suites.map(({ name, cases }) => ({
        '@name': name,
        ...totals(cases),
        testcase: cases.map((one) => element(name, one)),
      })),
    },
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
}

function planCase(review: Review): Case {
  const name = 'is whole and can be applied';
  const { complete, errored } = review.plan;
  if (complete && !errored) return { name, output: `${review.verdict}: ${plain(headline(review))}` };
  return { name, failure: plain(headline(review)) };
}

function caseOf({ level, identifier, address, message, fix, waived }: Finding): Case {
  const name = visible(
    identifier === undefined ? (address ?? 'this plan') : `${identifier} (${address ?? 'no address'})`,
  );
  const text = `${plain(message)}. ${plain(fix)}`;
  if (waived !== undefined)
    return {
      name,
      skipped: visible(
        `waived by ${waived.owner} until ${waived.until}: ${waived.reason} (${waived.ticket})`,
      ),
    };
  return level === 'error' ? { name, failure: text } : { name, output: `${level}: ${text}` };
}

function totals(cases: readonly Case[]) {
  return {
    '@tests': cases.length,
    '@failures': cases.filter(({ failure }) => failure !== undefined).length,
    '@skipped': cases.filter(({ skipped }) => skipped !== undefined).length,
    '@errors': 0,
  };
}

function element(classname: string, { name, failure, skipped, output }: Case) {
  return {
    '@classname': `review.${classname}`,
    '@name': name,
    ...(failure === undefined ? {} : { failure: { '@message': failure } }),
    ...(skipped === undefined ? {} : { skipped: { '@message': skipped } }),
    ...(output === undefined ? {} : { 'system-out': output }),
  };
}
