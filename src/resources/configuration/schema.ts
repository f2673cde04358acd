import { attribute } from '../../schema/attribute.ts';
import { type ConfigOf, defineSchema } from '../../schema/schema.ts';
import { between, httpUrl, lengthBetween, oneOf } from '../../schema/validators.ts';
import { accessKey, username } from './credentials.ts';

/** The provider block. Everything optional here can come from the environment instead; the block wins. */
export const configurationSchema = defineSchema({
  description: 'Manages teams, service accounts and access keys of a BrowserStack organization.',
  attributes: {
    username: attribute.string({
      optional: true,
      validate: [username],
      description:
        'BrowserStack user name of an Owner or Admin (not the e-mail address). Environment: `BROWSERSTACK_USERNAME`.',
    }),
    access_key: attribute.string({
      optional: true,
      sensitive: true,
      validate: [accessKey],
      description: 'Access key of that user. Environment: `BROWSERSTACK_ACCESS_KEY`.',
    }),
    base_url: attribute.string({
      optional: true,
      validate: [httpUrl],
      description:
        'Base URL of the API; `https://api.browserstack.com` unless given. Environment: `BROWSERSTACK_API_URL`.',
    }),
    organization: attribute.string({
      optional: true,
      description:
        'Guard: the name of the organization these credentials must belong to. With another one nothing is touched.',
    }),
    max_rotations_per_apply: attribute.integer({
      optional: true,
      validate: [between(0, 100_000)],
      description:
        'Guard: a plan that rotates more access keys than this is refused, with the list and the ways out. Each provider configuration (alias) counts for itself.',
    }),
    max_missing: attribute.integer({
      optional: true,
      validate: [between(0, 100_000)],
      description:
        'Guard: how many managed objects of one kind may be missing from the list of BrowserStack before the list is doubted instead of believed, and the plan ends with an error. Unless given, a list is doubted that lacks two or more and shows nothing, or lacks five or more and most of them. Environment: `BROWSERSTACK_MAX_MISSING`.',
    }),
    request_timeout: attribute.integer({
      optional: true,
      validate: [between(1, 3600)],
      description:
        'Seconds to wait for one answer of the API, 30 unless given. Environment: `BROWSERSTACK_REQUEST_TIMEOUT`.',
    }),
    max_retries: attribute.integer({
      optional: true,
      validate: [between(0, 100)],
      description:
        'How often a request is repeated that may be repeated, 5 unless given. Creating and rotating are never repeated blindly. Environment: `BROWSERSTACK_MAX_RETRIES`.',
    }),
    request_burst: attribute.integer({
      optional: true,
      validate: [between(1, 1000)],
      description:
        'Account-management requests that may be sent at once, 5 unless given (the documented limit of an organization). Environment: `BROWSERSTACK_REQUEST_BURST`.',
    }),
    requests_per_minute: attribute.integer({
      optional: true,
      validate: [between(1, 100_000)],
      description:
        'Account-management requests per minute after the burst, 15 unless given (the documented limit of an organization). Environment: `BROWSERSTACK_REQUESTS_PER_MINUTE`.',
    }),
    account_changes: attribute.string({
      optional: true,
      validate: [oneOf('replace', 'in_place')],
      description:
        'What another identifier or team of a service account means. `replace` (default): another account, with another user name and key, because BrowserStack documents no call that changes one. `in_place`: the account is changed and keeps both, by a call that the API overview promises and no page describes; where the service does not know it, the error says how to go back. Environment: `BROWSERSTACK_ACCOUNT_CHANGES`.',
    }),
    operation_timeout: attribute.integer({
      optional: true,
      validate: [between(1, 86_400)],
      description:
        'Seconds after which a call is given up instead of sent: waiting for its turn in the request budget counts, and so does waiting between repetitions. No limit unless given: a queue of 100 accounts takes more than 6 minutes. A request on its way is never cut off. Environment: `BROWSERSTACK_OPERATION_TIMEOUT`.',
    }),
    request_budget_directory: attribute.string({
      optional: true,
      validate: [lengthBetween(1, 4096)],
      description:
        'Directory of the file through which all runs on this machine share the request budget of an organization; `$XDG_STATE_HOME/browserstack-iac/request-budget` (else `~/.local/state/…`, on Windows `%LOCALAPPDATA%`) unless given, `off` to share nothing. The file holds times and counts, no names and no keys. Beside it stands for at most a day what a run began and did not bring to its end (times and digests), so that the next one settles it instead of doing it again. Runs share a budget when they have the same `base_url` and the same `organization` (without one: the same `username`). Environment: `BROWSERSTACK_REQUEST_BUDGET_DIRECTORY`.',
    }),
  },
});

export type Configuration = ConfigOf<typeof configurationSchema>;
