// Every form in which a review can be had, by the name it is asked for.

import { Problem } from '../../errors.ts';
import type { Finding } from '../../review/finding.ts';
import { reviewAsAtlantis } from '../../review/output/atlantis.ts';
import { reviewAsCodeQuality, reviewAsTerraformReport } from '../../review/output/gitlab.ts';
import { type JsonOptions, jsonLine, reviewAsJson } from '../../review/output/json.ts';
import { reviewAsJunit } from '../../review/output/junit.ts';
import { type CommentOptions, comment } from '../../review/output/markdown/comment.ts';
import { DIALECTS } from '../../review/output/markdown/dialect.ts';
import type { PlaceOptions } from '../../review/output/places.ts';
import { reviewAsSarif } from '../../review/output/sarif.ts';
import { reviewAsText } from '../../review/output/text.ts';
import type { Review } from '../../review/review.ts';
import type { Palette } from '../render/palette.ts';

export interface Reviewed {
  readonly review: Review;
  readonly findings: readonly Finding[];
  readonly json: JsonOptions;
  readonly comment: Omit<CommentOptions, 'dialect'>;
  readonly places: PlaceOptions;
  /** Neither the engine nor the policy refuses it, and it is whole: a person may approve it. */
  readonly canBeApplied: boolean;
}

type Write = (reviewed: Reviewed, palette: Palette) => string;

const forge =
  (name: keyof typeof DIALECTS): Write =>
  ({ review, findings, comment: options }) =>
    comment(review, findings, { ...options, dialect: DIALECTS[name] });

export const FORMATS = {
  text: ({ review, findings, comment: { stack } }, { bold }) => reviewAsText(review, findings, stack, bold),
  json: ({ review, findings, json }) => jsonLine(reviewAsJson(review, findings, json)),
  github: forge('github'),
  'github-summary': forge('github-summary'),
  gitlab: forge('gitlab'),
  bitbucket: forge('bitbucket'),
  azure: forge('azure'),
  sarif: ({ review, findings, json: { tool }, places }) =>
    reviewAsSarif(review, findings, { tool, ...places }),
  junit: ({ review, findings }) => reviewAsJunit(review, findings),
  codequality: ({ review, findings, places }) => reviewAsCodeQuality(review, findings, places),
  'gitlab-terraform': ({ review }) => reviewAsTerraformReport(review),
  atlantis: ({ review, findings, json: { exitCode } }) => reviewAsAtlantis(review, findings, exitCode !== 0),
} as const satisfies Readonly<Record<string, Write>>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS).join(', ');

/** `github` */
export function formatName(text: string): FormatName {
  if (Object.hasOwn(FORMATS, text)) return text as FormatName; // Just looked up.
  throw new Problem({
    code: 'invalid_input',
    summary: 'Not a format of a review',
    detail: `There are ${FORMAT_NAMES}; this is ${JSON.stringify(text)}.`,
  });
}

export interface Output {
  readonly format: FormatName;
  readonly file: string;
}

/** `github=comment.md` */
export function outputOf(text: string): Output {
  const at = text.indexOf('=');
  if (at > 0 && at < text.length - 1)
    return { format: formatName(text.slice(0, at)), file: text.slice(at + 1) };
  throw new Problem({
    code: 'invalid_input',
    summary: 'Not an output of a review',
    detail: `Write FORMAT=FILE, such as github=comment.md. This is ${JSON.stringify(text)}; formats are ${FORMAT_NAMES}.`,
  });
}
