// Where a review is posted, as the environment of a CI job says it.

import { appendFile, readFile } from 'node:fs/promises';
import { Problem, throwProblems } from '../../errors.ts';
import type { Finding } from '../../review/finding.ts';
import { type CommentOptions, comment } from '../../review/output/markdown/comment.ts';
import { DIALECTS } from '../../review/output/markdown/dialect.ts';
import { unverified } from '../../review/output/markdown/unverified.ts';
import { objectOf } from '../../review/plan/json.ts';
import type { Forge } from '../../review/post/forge.ts';
import type { ForgeAccess } from '../../review/post/forge-http.ts';
import { gitHub } from '../../review/post/github.ts';
import { gitLab } from '../../review/post/gitlab.ts';
import { type Posted, postSticky } from '../../review/post/sticky.ts';
import type { Review } from '../../review/review.ts';
import { Secret } from '../../secret.ts';
import type { Machine } from '../machine.ts';
import type { Reviewed } from './formats.ts';

export type ForgeName = 'github' | 'gitlab';

export interface Target {
  readonly forge: ForgeName;
  /** Number of the request; taken from the environment unless given. */
  readonly request: number | undefined;
  readonly author: string | undefined;
}

const SAID: Readonly<Record<Posted, string>> = {
  created: 'The comment was written.',
  updated: 'The comment was brought up to date.',
  unchanged: 'The comment says this already.',
  outdated: 'A newer run has written the comment already; it stays as it is.',
  'not needed': 'Nothing of BrowserStack changes: no comment is needed.',
};

/** Posts the review of a plan. @throws Problem(s): what the environment lacks, or what the forge answered. */
export async function postReview(
  { review, findings, comment: options }: Reviewed,
  target: Target,
  machine: Machine,
): Promise<void> {
  const body = comment(review, findings, { ...options, dialect: DIALECTS[target.forge] });
  await post(body, isNews(review, findings), target, machine);
}

/** Posts a text that a job without any rights wrote, such as that of a fork. */
export async function postUnverified(
  text: string,
  stack: string,
  target: Target,
  machine: Machine,
): Promise<void> {
  await post(unverified(text, stack, DIALECTS[target.forge]), true, target, machine);
}

async function post(body: string, news: boolean, target: Target, machine: Machine): Promise<void> {
  const forge = await forgeOf(target, machine);
  const posted = await postSticky(forge, body, news);
  machine.stderr(`${SAID[posted]}\n`);
}

/** A plan in which nothing happens is no reason to begin a comment. */
function isNews({ verdict }: Review, findings: readonly Finding[]): boolean {
  return (
    verdict !== 'quiet' || findings.some(({ level, waived }) => level !== 'note' && waived === undefined)
  );
}

/** Appends to the page of the job's summary. */
export async function summarize(
  { review, findings, comment: options }: Reviewed,
  machine: Machine,
): Promise<void> {
  const { GITHUB_STEP_SUMMARY: file } = machine.surroundings.env;
  if (!file)
    throw new Problem({
      code: 'invalid_input',
      summary: 'There is no summary to write to',
      detail:
        'GitHub Actions names its file in GITHUB_STEP_SUMMARY. Elsewhere use --output github-summary=FILE.',
      path: ['--summary'],
    });
  const summary: CommentOptions = { ...options, dialect: DIALECTS['github-summary'] };
  await appendFile(file, `${comment(review, findings, summary)}\n`);
}

async function forgeOf(target: Target, machine: Machine): Promise<Forge> {
  const { env } = machine.surroundings;
  const missing: Problem[] = [];
  const need = (name: string, detail: string): string => {
    const value = env[name];
    if (!value)
      missing.push(
        new Problem({ code: 'invalid_input', summary: `${name} is not set`, detail, path: ['--post'] }),
      );
    return value ?? '';
  };
  const { author } = target;
  if (target.forge === 'github') {
    const token = new Secret(
      need(
        'GITHUB_TOKEN',
        'Give the job a token that may write comments: permissions: pull-requests: write.',
      ),
    );
    const repository = need('GITHUB_REPOSITORY', 'GitHub Actions sets it: owner/name.');
    const pullRequest = target.request ?? (await pullRequestIn(env)) ?? nothing(missing, 'the pull request');
    throwProblems(missing);
    const headers = {
      authorization: `Bearer ${token.reveal()}`,
      'x-github-api-version': '2022-11-28',
      accept: 'application/vnd.github+json',
    };
    const access = await accessOf(machine, env.GITHUB_API_URL || 'https://api.github.com', headers);
    return gitHub(access, { repository, pullRequest, author });
  }
  const token = new Secret(
    need(
      'GITLAB_TOKEN',
      'Make a project access token with scope api and role Reporter: the token of the job may not write notes.',
    ),
  );
  const url = need('CI_API_V4_URL', 'GitLab CI sets it.');
  const project = need('CI_PROJECT_ID', 'GitLab CI sets it.');
  const mergeRequest =
    target.request ?? numberIn(env.CI_MERGE_REQUEST_IID) ?? nothing(missing, 'the merge request');
  throwProblems(missing);
  const access = await accessOf(machine, url, { 'private-token': token.reveal() });
  return gitLab(access, { project, mergeRequest, author });
}

async function accessOf(
  machine: Machine,
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
): Promise<ForgeAccess> {
  const { surroundings, clock, signal } = machine;
  const dispatcher = await surroundings.dispatcher();
  const agent = { 'user-agent': `browserstack-iac/${surroundings.version}` };
  return {
    baseUrl,
    headers: { ...agent, ...headers },
    dispatcher,
    signal,
    sleep: (milliseconds) => clock.sleep(milliseconds, signal),
  };
}

/** The ref of a run about a pull request, or the event that started it. */
async function pullRequestIn({
  GITHUB_REF: ref,
  GITHUB_EVENT_PATH: file,
}: Machine['surroundings']['env']): Promise<number | undefined> {
  const [, number] = /^refs\/pull\/(\d+)\//u.exec(ref ?? '') ?? [];
  if (number !== undefined) return Number(number);
  if (!file) return undefined;
  const event = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
  const { pull_request: pull, issue, number: direct } = objectOf(event);
  const found = objectOf(pull).number ?? objectOf(issue).number ?? direct;
  return typeof found === 'number' ? found : undefined;
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/u.test(text) ? Number(text) : undefined;
}

function nothing(missing: Problem[], what: string): number {
  missing.push(
    new Problem({
      code: 'invalid_input',
      summary: `The number of ${what} is not known`,
      detail: 'The job does not run for one. Give the number: --request NUMBER.',
      path: ['--request'],
    }),
  );
  return 0;
}
