import { asPrinted } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import type { FailOn } from '../../review/review.ts';
import { wholeNumber } from '../access.ts';
import { flag, type ValuesOf, value, values } from '../command.ts';
import { FORMAT_NAMES, formatName } from './formats.ts';
import type { ForgeName } from './posting.ts';

/** What a review is given besides the plan. */
export const reviewOptions = {
  static: flag('--static', 'compare two configurations, base and head, without any credentials'),
  gate: flag(
    '--gate',
    'with --static: end with 2 only for what would run or send before a plan can be reviewed',
  ),
  diagnostics: value(
    '--diagnostics <file>',
    `what ${asPrinted('plan -json')}: refusals and warnings are only there`,
  ),
  stack: value('--stack <file>', 'the synthesized cdk.tf.json: construct paths instead of hashed addresses'),
  name: value('--name <name>', 'name of the stack, for the heading and to find its comment again'),
  planFile: value('--plan-file <file>', 'the plan file itself, which may be applied: its digest is shown'),
  commit: value('--commit <sha>', 'the commit that the plan was made of'),
  policy: value('--policy <file>', 'rules and waivers (default: browserstack.policy.json, if it is there)'),
  base: value('--base <commit>', 'the base branch: the policy is read from there, never from this change'),
  basePolicy: value('--base-policy <file>', 'the policy of the base branch, where there is no git'),
  labels: value('--labels <names>', 'labels of the pull request, with commas: what an owner approved'),
  source: value('--source <file>', 'where reports place what no diagnostic gives a line of, such as main.ts'),
  failOn: value(
    '--fail-on <verdict>',
    'from which verdict on a person is needed: look (default), danger, never',
    failOn,
  ),
  format: value('--format <format>', `what is printed: ${FORMAT_NAMES} (default: text)`, formatName),
  output: values('--output <format=file>', 'also write this, as often as wanted, such as github=comment.md'),
  post: value(
    '--post <forge>',
    'write the comment of the pull or merge request: github or gitlab',
    forgeName,
  ),
  request: value('--request <number>', 'its number, where the environment does not say it', wholeNumber),
  author: value(
    '--author <name>',
    'who writes, where the token cannot be asked (default: github-actions[bot])',
  ),
  untrusted: value('--untrusted <file>', 'with --post: a text of a job without rights, posted as a text'),
  summary: flag('--summary', 'append the comment to the summary of the job (GITHUB_STEP_SUMMARY)'),
  seal: value('--seal <file>', 'seal the plan file to the apply job: it is the state in clear'),
  sealTo: value(
    '--seal-to <recipient>',
    'to whom: an age recipient (default: BROWSERSTACK_IAC_SEAL_RECIPIENT)',
  ),
  verify: value('--verify <digest>', 'in the apply job: refuse another plan, commit, policy, or an old one'),
  sealed: value('--sealed <file>', 'with --verify: what the review sealed'),
  identity: value(
    '--identity <file>',
    'who opens it: an age identity (default: BROWSERSTACK_IAC_SEAL_IDENTITY)',
  ),
  out: value('--out <file>', 'with --verify: where the plan file is written'),
  maxAge: value('--max-age <hours>', 'with --verify: how old a review may be (default: 24)', wholeNumber),
  makeIdentity: value(
    '--make-identity <file>',
    'make an identity for the apply job, and print its recipient',
  ),
  explain: value('--explain <rule>', 'say what a rule is about, why, and how to mend what it finds'),
  json: flag('--json', 'the same as --format json'),
};

export type ReviewOptions = ValuesOf<typeof reviewOptions>;

function forgeName(text: string): ForgeName {
  if (text === 'github' || text === 'gitlab') return text;
  throw new Problem({
    code: 'invalid_input',
    summary: 'Not a forge that can be posted to',
    detail: `There are github and gitlab; this is ${JSON.stringify(text)}. For others: --output bitbucket=FILE or azure=FILE, and post the file.`,
  });
}

function failOn(text: string): FailOn {
  if (text === 'look' || text === 'danger' || text === 'never') return text;
  throw new Problem({
    code: 'invalid_input',
    summary: 'Not a verdict to fail on',
    detail: `There are look, danger and never; this is ${JSON.stringify(text)}. A plan that is refused or not whole always fails, and so does one that the policy refuses.`,
  });
}
