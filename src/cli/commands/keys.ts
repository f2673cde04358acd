import { Problem } from '../../errors.ts';
import { keyFingerprint } from '../../resources/access-key/index.ts';
import {
  findByIdOrIdentifier,
  type ServiceAccount,
  serviceAccounts,
} from '../../resources/service-account/index.ts';
import { accessOptions } from '../access.ts';
import { defineCommand, flag } from '../command.ts';
import { connect } from '../connection.ts';
import { quoted } from '../render/palette.ts';

export const keys = defineCommand({
  name: 'keys',
  summary: 'list service accounts with the fingerprints of their keys, or reveal one key',
  details:
    'A fingerprint says whether two keys are the same and nothing else. --reveal prints the key of one account and nothing besides, for a pipe into a secret store.',
  arguments: [{ syntax: '[account]', description: 'identifier or user name; all accounts without it' }],
  options: {
    ...accessOptions,
    reveal: flag('--reveal', 'print the key itself, of exactly one account'),
    json: flag('--json', 'print accounts and fingerprints as JSON'),
  },
  examples: [
    'browserstack-iac keys',
    'browserstack-iac keys payments-ci --reveal | vault kv put secret/payments-ci access_key=-',
  ],
  async run({ arguments: [id], options }, machine) {
    if (options.reveal && (id === undefined || options.json)) throw revealsOne();
    const { op } = await connect(machine, options);
    const accounts =
      id === undefined
        ? await op.session.snapshot(serviceAccounts).get()
        : [await findByIdOrIdentifier(op.session, id)];
    const [first] = accounts;
    if (options.reveal && first !== undefined) {
      if (first.accessKey === undefined) throw hidden(first);
      machine.stdout(first.accessKey.reveal());
      return 0;
    }
    const rows = accounts.map((account) => ({
      identifier: account.identifier,
      username: account.username,
      team: account.team ?? null,
      fingerprint: account.accessKey ? keyFingerprint(account.username, account.accessKey) : null,
    }));
    if (options.json) machine.stdout(`${JSON.stringify(rows)}\n`);
    else
      for (const { identifier, username, team, fingerprint } of rows)
        machine.stdout(
          `${fingerprint ?? '(hidden)        '}  ${username}  ${quoted(identifier)}${team === null ? '' : ` in ${quoted(team)}`}\n`,
        );
    return 0;
  },
});

function revealsOne(): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: '--reveal takes exactly one account, and no --json',
    detail: 'For example: browserstack-iac keys payments-ci --reveal',
    path: ['--reveal'],
  });
}

function hidden({ identifier }: ServiceAccount): Problem {
  return new Problem({
    code: 'unexpected_answer',
    summary: `BrowserStack hides the key of "${identifier}"`,
    detail: 'The list shows the account without its key, so it can only be seen where it was made.',
  });
}
