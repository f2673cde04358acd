import { Problem } from '../../errors.ts';
import { keyFingerprint, rotateKey } from '../../resources/access-key/index.ts';
import type { Session } from '../../resources/index.ts';
import { findByIdOrIdentifier, type ServiceAccount } from '../../resources/service-account/index.ts';
import { accessOptions } from '../access.ts';
import { defineCommand, flag, value } from '../command.ts';
import { connect } from '../connection.ts';
import { askForConsent } from '../consent.ts';
import { paletteOf, quoted } from '../render/palette.ts';

export const rotate = defineCommand({
  name: 'rotate',
  summary: 'give a service account a new access key, at once',
  details:
    'The old key is dead when this ends; there is no way back. Prints fingerprints, never a key. Terraform adopts the new key with its next refresh.',
  arguments: [{ syntax: '<account>', description: 'identifier or user name of the service account' }],
  options: {
    ...accessOptions,
    reason: value('--reason <text>', 'why; repeated in the output, for the record'),
    expectedFingerprint: value(
      '--expected-fingerprint <fingerprint>',
      'rotate only if the current key still has this fingerprint',
    ),
    yes: flag('--yes', 'do not ask'),
    json: flag('--json', 'print the result as JSON'),
  },
  examples: ['browserstack-iac rotate payments-ci --reason "leaked in build 42" --yes'],
  async run({ arguments: [id = ''], options }, machine) {
    const { op } = await connect(machine, options);
    const account = await findByIdOrIdentifier(op.session, id);
    const old = currentFingerprint(account);
    refuseSelfLockout(op.session, account);
    if (options.expectedFingerprint !== undefined && options.expectedFingerprint !== old)
      throw rotatedElsewhere(account, old, options.expectedFingerprint);
    const name = `${quoted(account.identifier)} (${account.username})`;
    if (!options.yes)
      await askForConsent(
        machine,
        `Rotate the key of ${name}? Whatever uses the old one stops working at once.`,
        'Use --yes.',
      );
    const { outcome, fingerprint, at } = await rotateKey(account.username, old, op);
    const result = {
      outcome,
      identifier: account.identifier,
      username: account.username,
      oldFingerprint: old,
      newFingerprint: fingerprint,
      rotatedAt: at?.toISOString() ?? null,
      reason: options.reason ?? null,
    };
    if (options.json) machine.stdout(`${JSON.stringify(result)}\n`);
    else {
      const { green, yellow } = paletteOf(machine);
      const said =
        outcome === 'rotated'
          ? green(`The key of ${name} has been rotated.`)
          : yellow(`The key of ${name} was rotated by somebody else a moment ago; nothing was done.`);
      machine.stdout(
        `${said}\n  old fingerprint ${old}\n  new fingerprint ${fingerprint}\n${options.reason === undefined ? '' : `  reason ${quoted(options.reason)}\n`}`,
      );
    }
    return 0;
  },
});

function currentFingerprint({ identifier, username, accessKey }: ServiceAccount): string {
  if (accessKey !== undefined) return keyFingerprint(username, accessKey);
  throw new Problem({
    code: 'unexpected_answer',
    summary: `BrowserStack hides the key of "${identifier}"`,
    detail: `The list shows ${username} without a key, and rotating needs the current one. Rotate it in the console.`,
  });
}

function refuseSelfLockout({ username }: Session, account: ServiceAccount): void {
  if (username !== account.username) return;
  throw new Problem({
    code: 'refused',
    summary: `"${account.identifier}" is the account this command runs on`,
    detail: 'Its key would die under the running command. Use the credentials of another Owner or Admin.',
  });
}

function rotatedElsewhere({ identifier }: ServiceAccount, now: string, expected: string): Problem {
  return new Problem({
    code: 'stale',
    summary: `The key of "${identifier}" is another one already`,
    detail: `Its fingerprint is ${now}, not ${expected}: somebody rotated it. Nothing was changed.`,
  });
}
